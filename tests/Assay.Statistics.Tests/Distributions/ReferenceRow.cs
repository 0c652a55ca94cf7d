using System.Globalization;

namespace Assay.Statistics.Tests.Distributions;

/// <summary>A row of references.csv, which make_references.py wrote with 60 digits.</summary>
public sealed record ReferenceRow(string Function, double[] Arguments, double Value)
{
    private static readonly Lazy<ILookup<string, ReferenceRow>> All = new(Read);

    public static IReadOnlyList<ReferenceRow> Of(string function)
    {
        var rows = All.Value[function].ToList();
        rows.Count.ShouldBeGreaterThan(10, $"rows of {function} in references.csv");
        return rows;
    }

    public double this[int index] => Arguments[index];

    public long Count(int index) => (long)Arguments[index];

    public string Place => $"{Function}({string.Join(", ", Arguments.Select(a => a.ToString("R", CultureInfo.InvariantCulture)))})";

    private static ILookup<string, ReferenceRow> Read() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Distributions", "references.csv"))
            .Skip(1)
            .Select(line => line.Split(','))
            .Select(fields => new ReferenceRow(fields[0], [.. fields[1..^1].Where(field => field.Length > 0).Select(Number)], Number(fields[^1])))
            .ToLookup(row => row.Function);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
