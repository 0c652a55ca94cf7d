using System.Text;

namespace Assay.Benchmarks.Results;

/// <summary>Puts the tables of a run between their markers in a Markdown page; everything else on the page is left as it is.</summary>
internal static class ResultPage
{
    public static void Update(string path, BenchRun run)
    {
        var page = File.ReadAllText(path);
        foreach (var bench in run.Benches)
        {
            page = Replace(path, page, bench.Name, Table(run, bench));
        }

        File.WriteAllText(path, page);
    }

    /// <summary>Places the text between <c>&lt;!-- bench:name --&gt;</c> and <c>&lt;!-- /bench:name --&gt;</c>.</summary>
    internal static string Replace(string path, string page, string name, string table)
    {
        var (open, close) = ($"<!-- bench:{name} -->", $"<!-- /bench:{name} -->");
        var start = page.IndexOf(open, StringComparison.Ordinal);
        var end = page.IndexOf(close, StringComparison.Ordinal);
        return start < 0 || end < start
            ? throw AssayException.Usage(
                $"{path} has no place for the table '{name}'.",
                $"Write `{open}` and `{close}` on lines of their own where it belongs."
            )
            : $"{page[..(start + open.Length)]}\n{table}{page[end..]}";
    }

    internal static string Table(BenchRun run, BenchResult bench)
    {
        var text = new StringBuilder("| measured | unit | Assay | peers | goal | reached | |\n| --- | --- | ---: | --- | --- | ---: | --- |\n");
        foreach (var figure in bench.Figures)
        {
            text.Append('|').AppendJoin('|', Cells(figure).Select(c => $" {c} ")).Append("|\n");
        }

        text.Append('\n');
        foreach (var table in bench.Tables ?? [])
        {
            Append(text, table);
        }

        foreach (var note in bench.Notes)
        {
            text.Append($"- {note}\n");
        }

        var machine = run.Machine;
        text.Append($"- {run.Date}, `{run.Command}`; {machine.Cpu}, {machine.Cores} cores, {machine.MemoryGb} GiB, {machine.System}, {machine.Runtime}");
        return text.Append($"; load average at the start {machine.Load?.ToString("0.0") ?? "unknown"}.\n").ToString();
    }

    private static void Append(StringBuilder text, BenchTable table)
    {
        text.Append($"{table.Title}\n\n| ")
            .AppendJoin(" | ", table.Columns)
            .Append(" |\n| --- |")
            .Insert(text.Length, " ---: |", table.Columns.Count - 1)
            .Append('\n');
        foreach (var row in table.Rows)
        {
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        }

        text.Append('\n');
    }

    internal static string Number(double value) => Math.Abs(value) >= 100 ? value.ToString("N0") : value.ToString(Math.Abs(value) < 1 ? "0.####" : "0.##");

    private static string[] Cells(Figure figure)
    {
        var peers = string.Join("; ", figure.Readings.Skip(1).Select(r => $"{r.Who} {Number(r.Value)}"));
        var goal = figure.Goal;
        return
        [
            figure.What,
            figure.Unit,
            Number(figure.Readings[0].Value),
            peers.Length == 0 ? "none in this run" : peers,
            goal?.Text ?? "",
            goal is null ? "" : $"{goal.Got:0.##} {goal.Unit}",
            goal is null ? ""
            : goal.Met ? "met"
            : "**missed**",
        ];
    }
}
