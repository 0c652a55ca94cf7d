using Assay.Cli.Reading;

namespace Assay.Cli.Comparing;

/// <summary>Finds the rows of two files that have the same id.</summary>
internal static class PairMatching
{
    private const int ExamplesShown = 5;

    /// <summary>The rows of each pair, in the order of the control.</summary>
    public static IEnumerable<(int Control, int Treatment)> Rows(TextColumn control, TextColumn treatment)
    {
        var rowOf = new int[treatment.Names.Count];
        for (var row = 0; row < treatment.Codes.Count; row++)
        {
            if (treatment.Codes[row] is not TextColumn.Empty and var code)
            {
                rowOf[code] = row;
            }
        }

        for (var row = 0; row < control.Codes.Count; row++)
        {
            if (control.Codes[row] is not TextColumn.Empty and var id && treatment.CodeOf(control.Names[id]) is not TextColumn.Empty and var code)
            {
                yield return (row, rowOf[code]);
            }
        }
    }

    public static Pairing Count(TextColumn control, TextColumn treatment)
    {
        var (onlyControl, onlyTreatment) = (Unmatched(control, treatment), Unmatched(treatment, control));
        return new Pairing(control.Names.Count - onlyControl.Count, onlyControl, onlyTreatment);
    }

    /// <exception cref="AssayException">An id stands in several rows (exit code 2).</exception>
    public static void DemandUnique(CsvColumns file, string column)
    {
        var ids = file.Texts[column];
        var rows = new int[ids.Names.Count];
        foreach (var code in ids.Codes.Where(c => c != TextColumn.Empty))
        {
            rows[code]++;
        }

        var repeated = Enumerable.Range(0, rows.Length).Where(code => rows[code] > 1).ToList();
        if (repeated.Count > 0)
        {
            var examples = string.Join(", ", repeated.Take(ExamplesShown).Select(code => $"'{CellText.Shorten(ids.Names[code])}' ({rows[code]} rows)"));
            throw AssayException.Usage(
                $"{file.Source}: column '{column}' has {(repeated.Count == 1 ? "an id" : $"{repeated.Count:#,0} ids")} in several rows: {examples}.",
                "Give every id one row, such as the mean of its repeats; --cluster is for groups of rows that are in one arm only."
            );
        }
    }

    private static UnmatchedIds Unmatched(TextColumn ids, TextColumn others)
    {
        var alone = ids.Names.Where(name => others.CodeOf(name) == TextColumn.Empty);
        return new UnmatchedIds(alone.Count(), [.. alone.Take(ExamplesShown).Select(CellText.Shorten)]);
    }
}
