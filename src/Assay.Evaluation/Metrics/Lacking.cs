namespace Assay.Evaluation.Metrics;

/// <summary>What a case may lack, said the same way by every metric.</summary>
internal static class Lacking
{
    public static readonly Measurement Expected = new Measurement.NotApplicable("The case has no expected answer.");

    public static readonly Measurement Words = new Measurement.NotApplicable("The expected answer has no word to compare with.");

    public static readonly Measurement Judgements = new Measurement.NotApplicable("The case names no relevant document.");

    public static readonly Measurement Contexts = new Measurement.NotApplicable("Neither the answer nor the case has contexts.");
}
