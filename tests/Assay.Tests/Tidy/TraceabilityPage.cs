using System.Text.RegularExpressions;

namespace Assay.Tests.Tidy;

/// <summary>A requirement of a source document with its state, implementation and test.</summary>
internal sealed record Requirement(string Id, string Section, string Text, string State, string Implementation, string Test)
{
    public string Prefix => Id.Split('-')[0];
}

/// <summary>A line of the table of counts.</summary>
internal sealed record SourceCount(string Source, string Prefix, string Rows, string Done, string Planned);

/// <summary>Reads <c>docs/traceability.md</c>.</summary>
internal sealed partial record TraceabilityPage(IReadOnlyList<Requirement> Requirements, IReadOnlyList<SourceCount> Counts)
{
    public const string Path = "docs/traceability.md";
    private const string CountsHeading = "Counts";

    public static TraceabilityPage Parse(string text)
    {
        var requirements = new List<Requirement>();
        var counts = new List<SourceCount>();
        var section = "";
        foreach (var line in text.Split('\n'))
        {
            section = line.StartsWith("## ") ? line[3..].Trim() : section;
            var cells = Cells(line);
            if (cells.Length != 5 || cells[0] is "id" or "source" or "---")
            {
                continue;
            }

            if (section == CountsHeading)
            {
                counts.Add(new SourceCount(cells[0], cells[1], cells[2], cells[3], cells[4]));
            }
            else
            {
                requirements.Add(new Requirement(cells[0], section, cells[1], cells[2], cells[3], cells[4]));
            }
        }

        return new TraceabilityPage(requirements, counts);
    }

    /// <summary>The counts that the rows of the tables add up to, source by source, and all together.</summary>
    public IReadOnlyList<SourceCount> Recount()
    {
        var sources = Counts.Where(c => c.Prefix.Length > 0).Select(c => Count(c.Source, c.Prefix, Requirements.Where(r => r.Prefix == c.Prefix)));
        return [.. sources, Count("all", "", Requirements)];
    }

    /// <summary>The page with its counts written anew.</summary>
    public string WithCounts(string text)
    {
        foreach (var (old, now) in Counts.Zip(Recount()))
        {
            text = text.Replace(Row(old), Row(now));
        }

        return text;
    }

    /// <summary>Lines of tables below the counts that the reader above would pass over without a word.</summary>
    public static IEnumerable<string> Misshapen(string text) =>
        text[text.IndexOf($"## {CountsHeading}", StringComparison.Ordinal)..].Split('\n').Where(l => l.Contains('|') && Cells(l).Length != 5);

    /// <summary>Pieces of a cell in back-ticks.</summary>
    public static IReadOnlyList<string> Ticked(string cell) => [.. Tick().Matches(cell).Select(m => m.Groups["piece"].Value)];

    private static SourceCount Count(string source, string prefix, IEnumerable<Requirement> rows)
    {
        var states = rows.Select(r => r.State).ToList();
        return new SourceCount(source, prefix, $"{states.Count}", $"{states.Count(s => s == "done")}", $"{states.Count(s => s == "planned")}");
    }

    private static string Row(SourceCount c) => $"| {c.Source} | {c.Prefix}{(c.Prefix.Length > 0 ? " " : "")}| {c.Rows} | {c.Done} | {c.Planned} |";

    private static string[] Cells(string line) => line.StartsWith("| ") ? [.. line.Trim().Trim('|').Split('|').Select(c => c.Trim())] : [];

    [GeneratedRegex("`(?<piece>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tick();
}
