namespace Assay.Evaluation.Judges.Calibrations;

/// <summary>What people say together, and the scale they use.</summary>
/// <param name="Low">The lowest label.</param>
/// <param name="High">The highest.</param>
/// <param name="AreWhole">Whether all labels are whole numbers of a scale of at most <see cref="MostGrades"/>.</param>
internal sealed record HumanLabels(double Low, double High, bool AreWhole)
{
    // Beyond this many grades a label is a measurement, and kappa would mostly count rounding.
    private const int MostGrades = 11;

    public static HumanLabels Of(LabelSet labels)
    {
        var given = labels.Items.SelectMany(item => item.Given).ToList();
        var (low, high) = (given.Min(), given.Max());
        return new HumanLabels(low, high, given.TrueForAll(double.IsInteger) && high - low < MostGrades);
    }

    /// <summary>Whether pairs were graded, and not only preferred.</summary>
    public bool ArePreferences => AreWhole && Low >= -1 && High <= 1;

    /// <summary>The mean of the labels of an item.</summary>
    public static double Mean(LabelledItem item) => item.Given.Average();

    /// <summary>What most annotators prefer, −1, 0 or 1; without a majority the sign of the mean.</summary>
    public static double Preferred(LabelledItem item)
    {
        var signs = item.Given.Select(label => Math.Sign(label)).ToList();
        var most = signs.GroupBy(sign => sign).MaxBy(group => group.Count())!;
        return 2 * most.Count() > signs.Count ? most.Key : Math.Sign(Mean(item));
    }

    /// <summary>The grade nearest to a mean.</summary>
    public static double Grade(double mean) => Math.Round(mean, MidpointRounding.AwayFromZero);

    /// <summary>The grade of a score from 0 to 1: the scale of the people in equal parts.</summary>
    public double GradeOf(double score) => Grade(Low + (score * (High - Low)));
}
