using Assay.Cli.Reading;

namespace Assay.Cli.Comparing;

/// <summary>One metric's values of both arms, ready for the design: empty cells out, and what belongs to each value beside it.</summary>
/// <param name="Control">The control's values.</param>
/// <param name="Treatment">The treatment's values; of a paired design in the order of the control's.</param>
internal sealed record ArmSamples(Arm Control, Arm Treatment)
{
    /// <summary>Every row that has all of its cells.</summary>
    public static ArmSamples Of(string metric, ComparisonRequest request, CsvColumns control, CsvColumns treatment) =>
        request.Design == Design.Paired
            ? Matched(metric, request.Column!, control, treatment)
            : new ArmSamples(Whole(metric, request, control), Whole(metric, request, treatment));

    private static Arm Whole(string metric, ComparisonRequest request, CsvColumns file)
    {
        var values = file.Numbers[metric];
        var before = request.Design == Design.Covariate ? file.Numbers[request.Column!] : [];
        var clusters = request.Design == Design.Clustered ? file.Texts[request.Column!].Codes.ToArray() : [];
        bool Complete(int row) =>
            !double.IsNaN(values[row]) && (before.Length == 0 || !double.IsNaN(before[row])) && (clusters.Length == 0 || clusters[row] != TextColumn.Empty);
        var empty = Enumerable.Range(0, file.Rows).Count(row => !Complete(row));
        if (empty > 0)
        {
            var rows = Enumerable.Range(0, file.Rows).Where(Complete).ToList();
            (values, before, clusters) = (Pick(values, rows), Pick(before, rows), Pick(clusters, rows));
        }

        if (request.Design == Design.Independent)
        {
            // Rows on their own have no order; every method that sorts finds it done. The file's column is not needed again.
            Array.Sort(values);
        }

        return new Arm(values, before, clusters, empty);
    }

    private static T[] Pick<T>(T[] column, List<int> rows) => column.Length == 0 ? [] : [.. rows.Select(row => column[row])];

    private static ArmSamples Matched(string metric, string column, CsvColumns control, CsvColumns treatment)
    {
        var (before, after) = (control.Numbers[metric], treatment.Numbers[metric]);
        var pairs = PairMatching.Rows(control.Texts[column], treatment.Texts[column]).ToList();
        var complete = pairs.Where(p => !double.IsNaN(before[p.Control]) && !double.IsNaN(after[p.Treatment])).ToList();
        return new ArmSamples(
            new Arm([.. complete.Select(p => before[p.Control])], [], [], pairs.Count(p => double.IsNaN(before[p.Control]))),
            new Arm([.. complete.Select(p => after[p.Treatment])], [], [], pairs.Count(p => double.IsNaN(after[p.Treatment])))
        );
    }
}

/// <summary>One arm of one metric.</summary>
/// <param name="Values">The metric.</param>
/// <param name="Before">The covariate of each value; empty in other designs.</param>
/// <param name="Clusters">The cluster of each value as a number; empty in other designs.</param>
/// <param name="Empty">Rows left out because a cell was empty.</param>
internal sealed record Arm(double[] Values, double[] Before, int[] Clusters, int Empty);
