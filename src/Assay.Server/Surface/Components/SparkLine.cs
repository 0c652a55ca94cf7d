using System.Globalization;

namespace Assay.Server.Surface.Components;

/// <summary>A run of points without a gap, as an SVG's coordinates in a box of 100 by 28.</summary>
/// <param name="Line">The line.</param>
/// <param name="Area">The area under it.</param>
internal sealed record SparkLine(string Line, string Area)
{
    private const double Width = 100;
    private const double Floor = 28;
    private const double Top = 3;
    private const double Bottom = 26;

    /// <summary>The runs; a run of one point is a dash as wide as a point.</summary>
    public static IReadOnlyList<SparkLine> Of(IReadOnlyList<double?> values)
    {
        var known = values.Where(v => v is not null).Select(v => v!.Value).ToList();
        if (known.Count == 0)
        {
            return [];
        }

        var (min, max) = (known.Min(), known.Max());
        var step = Width / Math.Max(1, values.Count - 1);
        return
        [
            .. Runs(values).Select(run => Draw(run, step, value => max > min ? Bottom - ((value - min) / (max - min) * (Bottom - Top)) : (Top + Bottom) / 2)),
        ];
    }

    private static SparkLine Draw(List<(int Index, double Value)> run, double step, Func<double, double> height)
    {
        var points = run.Select(p => (X: p.Index * step, Y: height(p.Value))).ToList();
        if (points.Count == 1)
        {
            var half = step / 2;
            points = [(Math.Max(0, points[0].X - half), points[0].Y), (Math.Min(Width, points[0].X + half), points[0].Y)];
        }

        var line = string.Join(' ', points.Select(p => $"{Text(p.X)},{Text(p.Y)}"));
        return new SparkLine(line, $"{Text(points[0].X)},{Text(Floor)} {line} {Text(points[^1].X)},{Text(Floor)}");
    }

    private static IEnumerable<List<(int Index, double Value)>> Runs(IReadOnlyList<double?> values)
    {
        var run = new List<(int Index, double Value)>();
        for (var i = 0; i <= values.Count; i++)
        {
            if (i < values.Count && values[i] is { } value)
            {
                run.Add((i, value));
            }
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }
    }

    private static string Text(double x) => x.ToString("0.#", CultureInfo.InvariantCulture);
}
