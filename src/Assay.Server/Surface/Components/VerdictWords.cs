using Assay.Server.Surface.Reading;

namespace Assay.Server.Surface.Components;

/// <summary>How a verdict is called and drawn.</summary>
public static class VerdictWords
{
    /// <summary>Its word.</summary>
    public static Phrase Of(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => new("Pass", "Пройдено"),
            Verdict.Fail => new("Fail", "Не пройдено"),
            Verdict.Inconclusive => new("Inconclusive", "Не решено"),
            _ => new("No data", "Нет данных"),
        };

    /// <summary>Its class in the style sheet, which is its icon's name too.</summary>
    public static string ClassOf(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => "pass",
            Verdict.Fail => "fail",
            Verdict.Inconclusive => "inconclusive",
            _ => "nodata",
        };

    /// <summary>The order in tables: failures first, passes last.</summary>
    public static int RankOf(Verdict verdict) =>
        verdict switch
        {
            Verdict.Fail => 0,
            Verdict.Inconclusive => 1,
            Verdict.NoData => 2,
            _ => 3,
        };
}
