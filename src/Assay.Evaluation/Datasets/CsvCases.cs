using System.Text.Json;

namespace Assay.Evaluation.Datasets;

/// <summary>
/// Cases of a CSV file: columns <c>id</c>, <c>input</c> and, when there, <c>expected</c>, <c>cluster</c>, <c>contexts</c>, <c>tags</c> and
/// <c>relevant</c> (several in one cell, parted by <c>|</c>, or as a JSON list); every other column is a field for prompts.
/// </summary>
internal static class CsvCases
{
    public static IEnumerable<PlacedCase> Read(string path)
    {
        using var rows = new CsvRows(path, "Name the columns: id,input,expected.");
        Check(rows);
        foreach (var (cells, line) in rows.Read())
        {
            yield return new PlacedCase(Row(rows, cells, line), line);
        }
    }

    private static void Check(CsvRows rows)
    {
        foreach (var needed in (string[])["id", "input"])
        {
            if (!rows.Header.Contains(needed))
            {
                throw rows.Fault(
                    1,
                    $"There is no column '{needed}'.",
                    "Columns are id, input and, if you have them, expected, cluster, contexts, tags, relevant; `assay eval init` makes a dataset of other columns."
                );
            }
        }

        if (rows.Header.Distinct().Count() != rows.Header.Count)
        {
            throw rows.Fault(1, "A column stands twice.", "Keep one of them.");
        }
    }

    private static Case Row(CsvRows rows, string[] cells, int line)
    {
        var read = new CaseLine();
        for (var i = 0; i < cells.Length; i++)
        {
            Take(read, rows.Header[i], cells[i]);
        }

        return read.ToCase((problem, fix) => rows.Fault(line, problem, fix));
    }

    internal static void Take(CaseLine read, string column, string cell)
    {
        if (cell.Length == 0)
        {
            return;
        }

        switch (column)
        {
            case "id":
                read.Id = cell;
                break;
            case "input":
                read.Input = cell;
                break;
            case "expected":
                read.Expected = cell;
                break;
            case "cluster":
                read.Cluster = cell;
                break;
            case "contexts":
                read.Contexts = Parts(cell);
                break;
            case "tags":
                read.Tags = Parts(cell);
                break;
            case "relevant":
                read.Relevant = new(Parts(cell).Distinct().ToDictionary(id => id, _ => 1.0), StringComparer.Ordinal);
                break;
            default:
                (read.Fields ??= new(StringComparer.Ordinal))[column] = cell;
                break;
        }
    }

    private static List<string> Parts(string cell) =>
        JsonList(cell) ?? [.. cell.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    // Programs that evaluate RAG export several passages as a JSON list in one cell.
    private static List<string>? JsonList(string cell)
    {
        if (!cell.StartsWith('[') || !cell.EndsWith(']'))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(cell, CaseJson.Default.ListString)?.OfType<string>().ToList();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
