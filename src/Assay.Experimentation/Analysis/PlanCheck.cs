using Assay.Experimentation.Experiments;
using Assay.Statistics.Corrections;

namespace Assay.Experimentation.Analysis;

/// <summary>What an analysis asks of an experiment, beside what assignment asks of it.</summary>
internal static class PlanCheck
{
    private const string Corrections = "Use holm, bonferroni, bh, by or none.";

    /// <summary>The most metrics of an experiment; the store answers no more in one question.</summary>
    public const int MostMetrics = 50;

    // More than there are people; and twice as many are a number still.
    private const long MostUnits = 10_000_000_000;

    public static void Demand(ExperimentFile file)
    {
        var place = file.Place;
        Refuse(
            place,
            file.Variants.All(a => a.Name != file.Control),
            $"The experiment '{file.Name}' has no variant '{file.Control}' to compare with.",
            "Name one of its variants as control."
        );
        Refuse(
            place,
            file.Variants.Count(a => a.Weight > 0) < 2,
            $"The experiment '{file.Name}' has fewer than two variants with a weight.",
            "Give weights above 0."
        );
        Refuse(place, file.Metrics.Count == 0, $"The experiment '{file.Name}' has no metrics.", "Give at least one metric with the role goal.");
        Refuse(
            place,
            file.Metrics.Count > MostMetrics,
            $"The experiment '{file.Name}' has {file.Metrics.Count} metrics.",
            $"Keep the {MostMetrics} that matter."
        );
        Refuse(
            place,
            file.AttributionHours <= 0,
            $"The experiment '{file.Name}' counts outcomes for {file.AttributionHours} hours.",
            "Give attributionHours above 0."
        );
        Refuse(
            place,
            file.PreExposureHours < 0,
            $"The experiment '{file.Name}' has {file.PreExposureHours} hours before exposure.",
            "Give preExposureHours of 0 or more."
        );
        DemandAnalysis(file);
        DemandNames(file);
    }

    public static Correction? CorrectionOf(AnalysisEntry analysis) =>
        analysis.Correction switch
        {
            "holm" => Correction.Holm,
            "bonferroni" => Correction.Bonferroni,
            "bh" => Correction.BenjaminiHochberg,
            "by" => Correction.BenjaminiYekutieli,
            "none" => null,
            _ => throw analysis.Place.Error($"There is no correction '{analysis.Correction}'.", Corrections),
        };

    private static void DemandAnalysis(ExperimentFile file)
    {
        var (analysis, place) = (file.Analysis, file.Analysis.Place);
        Refuse(place, analysis.Method is not ("sequential" or "fixed"), $"There is no method '{analysis.Method}'.", "Use sequential or fixed.");
        Refuse(
            place,
            analysis is { Method: "fixed", UnitsPerArm: null },
            "The method fixed decides once, at a planned size, and there is none.",
            "Give unitsPerArm; `assay experiment power` computes it."
        );
        Refuse(
            place,
            analysis.UnitsPerArm is < 2 or > MostUnits,
            $"unitsPerArm is {analysis.UnitsPerArm}.",
            $"Give the planned units of an arm, 2 to {MostUnits:#,0}."
        );
        Refuse(
            place,
            analysis.MinimalUnitsPerArm is < 2 or > MostUnits,
            $"minimalUnitsPerArm is {analysis.MinimalUnitsPerArm}.",
            $"Give 2 to {MostUnits:#,0}; a variance needs two units."
        );
        Refuse(place, analysis.Alpha is not (> 0 and < 0.5), $"alpha is {analysis.Alpha}.", "Give the accepted share of false alarms, such as 0.05.");
        Refuse(
            place,
            !(analysis.Power > analysis.Alpha && analysis.Power < 1),
            $"power is {analysis.Power}.",
            "Give the wanted chance to see the minimal effect, such as 0.8."
        );
    }

    private static void DemandNames(ExperimentFile file)
    {
        foreach (var kinds in file.Metrics.GroupBy(m => m.Name, StringComparer.Ordinal))
        {
            var last = kinds.Last();
            Refuse(last.Place, kinds.Key.Length == 0, "A metric has no name.", "Name the outcomes that it is made of.");
            Refuse(
                last.Place,
                kinds.Select(k => k.Kind).Distinct(StringComparer.Ordinal).Count() < kinds.Count(),
                $"The metric '{kinds.Key}' stands twice with one kind.",
                "Keep one of them."
            );
        }
    }

    private static void Refuse(Catalogs.CatalogPlace place, bool wrong, string problem, string fix)
    {
        if (wrong)
        {
            throw place.Error(problem, fix);
        }
    }
}
