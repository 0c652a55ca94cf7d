using Assay.Statistics;

namespace Assay.Cli.Planning;

/// <summary>A plan; with <c>--json</c> this is the document.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Summary">The answer in a sentence.</param>
/// <param name="Plans">The answer by every method, the leading one first; a smallest lift has a plan for the rise and one for the fall.</param>
/// <param name="Curve">The power around the answer by the leading method; empty when there is none.</param>
internal sealed record PowerReport(PowerRequest Request, string Summary, IReadOnlyList<StatisticResult> Plans, IReadOnlyList<CurvePoint> Curve);

/// <summary>A point of the power curve.</summary>
/// <param name="ControlN">Units in the control.</param>
/// <param name="Effect">The effect, as in the plans.</param>
/// <param name="Power">How often it is found.</param>
internal sealed record CurvePoint(long ControlN, double Effect, double Power);
