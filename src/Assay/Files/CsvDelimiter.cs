namespace Assay.Files;

/// <summary>Comma, semicolon or tab: which of them parts the cells of a table.</summary>
public static class CsvDelimiter
{
    /// <summary>The one that the header line has most of, quoted text left out; a comma when it has none.</summary>
    /// <param name="sample">The beginning of the file, its header line at least.</param>
    public static string Of(string sample)
    {
        var (commas, semicolons, tabs, quoted) = (0, 0, 0, false);
        foreach (var c in sample)
        {
            if (c is '\n' or '\r' && !quoted)
            {
                break;
            }

            quoted ^= c == '"';
            commas += c == ',' && !quoted ? 1 : 0;
            semicolons += c == ';' && !quoted ? 1 : 0;
            tabs += c == '\t' && !quoted ? 1 : 0;
        }

        return tabs > commas && tabs >= semicolons ? "\t"
            : semicolons > commas ? ";"
            : ",";
    }
}
