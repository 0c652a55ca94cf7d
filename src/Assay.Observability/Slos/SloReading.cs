namespace Assay.Observability.Slos;

/// <summary>Makes an SLO of a document; every fault names the place, the field and the fix.</summary>
/// <param name="place">The file, and which document of it.</param>
internal sealed class SloReading(string place)
{
    public SloDefinition Read(SloDocument document)
    {
        Expect(document.ApiVersion == "openslo/v1", "apiVersion", document.ApiVersion, "Write openslo/v1.");
        Expect(document.Kind == "SLO", "kind", document.Kind, "Write SLO; other kinds of OpenSLO are not read.");
        var name = Needed(document.Metadata?.Name, "metadata.name");
        Expect(SloRules.IsName(name), "metadata.name", name, "Write 1 to 64 of a-z, 0-9, '-' and '.', a letter first.");
        var spec = Needed(document.Spec, "spec");
        CheckWindow(spec);
        var method = spec.BudgetingMethod ?? "Occurrences";
        Expect(method == "Occurrences", "spec.budgetingMethod", method, "Write Occurrences: events are counted, not minutes.");
        var policies = spec.AlertPolicies is { Count: > 0 } ? "a list" : null;
        Expect(policies is null, "spec.alertPolicies", policies, "Leave it out or empty: every SLO alerts by the burn rates of docs/reference/en/slos.md.");
        var service = Needed(spec.Service, "spec.service");
        Expect(service.Length <= 128, "spec.service", service, "Name the service as its service.name says, in 1 to 128 characters.");
        var objective = Objective(spec);
        return new SloDefinition(name, service, Target(objective), Indicator(spec, objective))
        {
            DisplayName = document.Metadata?.DisplayName ?? name,
            Description = spec.Description?.Trim() ?? "",
        };
    }

    private static bool IsGiven(object? value) => value is not null;

    private void CheckWindow(SpecPart spec)
    {
        var windows = Needed(spec.TimeWindow, "spec.timeWindow");
        Expect(windows.Count == 1, "spec.timeWindow", $"{windows.Count} windows", "Give one.");
        Expect(windows[0].Duration is "30d" or "4w2d", "spec.timeWindow[0].duration", windows[0].Duration, "Write 30d.");
        Expect(windows[0].IsRolling == true, "spec.timeWindow[0].isRolling", windows[0].IsRolling?.ToString(), "Write true: budgets roll.");
    }

    private ObjectivePart Objective(SpecPart spec)
    {
        var objectives = Needed(spec.Objectives, "spec.objectives");
        Expect(objectives.Count == 1, "spec.objectives", $"{objectives.Count} objectives", "Give one; write a second SLO for a second objective.");
        return objectives[0];
    }

    private double Target(ObjectivePart objective)
    {
        const string Field = "spec.objectives[0].target";
        Expect(IsGiven(objective.Target) != IsGiven(objective.TargetPercent), Field, "given twice or not at all", "Write target or targetPercent.");
        var target = objective.Target ?? (double)((decimal)objective.TargetPercent!.Value / 100);
        var isInRange = target is >= SloRules.LeastTarget and <= SloRules.GreatestTarget;
        Expect(isInRange, Field, $"{target}", "Write the share of good events from 0.000001 to 0.999999, such as 0.999.");
        return target;
    }

    private SloIndicator Indicator(SpecPart spec, ObjectivePart objective)
    {
        const string At = "spec.indicator.spec";
        var indicator = Needed(Needed(spec.Indicator, "spec.indicator").Spec, At);
        var isRatio = IsGiven(indicator.RatioMetric);
        Expect(isRatio != IsGiven(indicator.ThresholdMetric), At, "both or neither", "Give ratioMetric or thresholdMetric.");
        var conflict = isRatio && (IsGiven(objective.Op) || IsGiven(objective.Value)) ? "given" : null;
        Expect(conflict is null, "spec.objectives[0].op", conflict, "Leave op and value out with a ratioMetric; they belong to a thresholdMetric.");
        return isRatio ? Ratio(indicator.RatioMetric!) : Threshold(indicator.ThresholdMetric!, objective);
    }

    private SloIndicator Threshold(MetricPart metric, ObjectivePart objective)
    {
        const string At = "spec.indicator.spec.thresholdMetric";
        var source = Source(metric, At);
        Expect(source.Type == "assay", $"{At}.metricSource.type", source.Type, "Write assay; Prometheus has counters, which a ratioMetric names.");
        var where = source.Spec!;
        ExpectNoCondition(where, At);
        var signal = Signal(where, At);
        var value = Needed(objective.Value, "spec.objectives[0].value");
        var good = objective.Op == "gte" ? GoodWhen.AtLeast : GoodWhen.AtMost;
        var isFit = objective.Op == "lte" || (objective.Op == "gte" && signal == SloSignal.Scores);
        Expect(isFit, "spec.objectives[0].op", objective.Op, "Write lte for durations and for scores that should be low, gte for scores that should be high.");
        return Checked(new SloIndicator(signal, good, value) { Where = Filter(where, signal, At) });
    }

    private SloIndicator Ratio(RatioPart ratio)
    {
        const string At = "spec.indicator.spec.ratioMetric";
        Expect(ratio.Counter != false, $"{At}.counter", "false", "Write true: sources count events and never go down.");
        var total = Source(Needed(ratio.Total, $"{At}.total"), $"{At}.total");
        return total.Type == "assay" ? Counted(ratio, total.Spec!, At) : Queried(ratio, total.Spec!, At);
    }

    private SloIndicator Counted(RatioPart ratio, SourceSpecPart total, string at)
    {
        Expect(!IsGiven(ratio.Bad), $"{at}.bad", "given", "Give good and total.");
        var source = Source(Needed(ratio.Good, $"{at}.good"), $"{at}.good");
        Expect(source.Type == "assay", $"{at}.good.metricSource.type", source.Type, "Write assay, as in total.");
        var good = source.Spec!;
        ExpectNoCondition(total, $"{at}.total");
        var signal = Signal(total, $"{at}.total");
        var where = Filter(total, signal, $"{at}.total");
        var isSame = Signal(good, $"{at}.good") == signal && Filter(good, signal, $"{at}.good") == where;
        Expect(isSame, $"{at}.good", "other filters than total", "Repeat total's fields and add one condition: status, maxDurationMs or minValue.");
        return Checked(Condition(good, signal, $"{at}.good") with { Where = where });
    }

    private SloIndicator Condition(SourceSpecPart good, SloSignal signal, string at)
    {
        var given = new[] { IsGiven(good.Status), IsGiven(good.MaxDurationMs), IsGiven(good.MinValue) }.Count(g => g);
        Expect(given == 1, $"{at}.metricSource.spec", $"{given} conditions", "Give one of status, maxDurationMs and minValue.");
        Expect(
            IsGiven(good.MinValue) == (signal == SloSignal.Scores),
            $"{at}.metricSource.spec",
            "a condition that the signal does not have",
            "Scores have minValue; spans and calls have status and maxDurationMs."
        );
        Expect(good.Status is null or "ok", $"{at}.metricSource.spec.status", good.Status, "Write ok.");
        return good.MinValue is { } least ? new SloIndicator(signal, GoodWhen.AtLeast, least)
            : good.MaxDurationMs is { } most ? new SloIndicator(signal, GoodWhen.AtMost, most)
            : new SloIndicator(signal, GoodWhen.NotFailed);
    }

    private SloIndicator Queried(RatioPart ratio, SourceSpecPart total, string at)
    {
        Expect(IsGiven(ratio.Good) != IsGiven(ratio.Bad), at, "good and bad", "Give one of good and bad.");
        return new SloIndicator(SloSignal.Prometheus, GoodWhen.NotFailed)
        {
            Prometheus = new PrometheusCounters(
                ratio.Bad is null ? null : Query(ratio.Bad, $"{at}.bad"),
                ratio.Good is null ? null : Query(ratio.Good, $"{at}.good"),
                Selector(total, $"{at}.total")
            ),
        };
    }

    private string Query(MetricPart metric, string at)
    {
        var source = Source(metric, at);
        Expect(source.Type == "prometheus", $"{at}.metricSource.type", source.Type, "Write prometheus, as in total.");
        return Selector(source.Spec!, at);
    }

    private string Selector(SourceSpecPart spec, string at)
    {
        var query = Needed(spec.Query, $"{at}.metricSource.spec.query").Trim();
        var isSelector = query.Length is > 0 and <= 1000 && PrometheusSelector.IsOne(query);
        Expect(isSelector, $"{at}.metricSource.spec.query", query, "Write a selector of counters without a range: http_requests_total{job=\"ask\"}.");
        return query;
    }

    private SourcePart Source(MetricPart metric, string at)
    {
        var source = Needed(metric.MetricSource, $"{at}.metricSource");
        Expect(source.Type is "assay" or "prometheus", $"{at}.metricSource.type", source.Type, "Write assay or prometheus.");
        _ = Needed(source.Spec, $"{at}.metricSource.spec");
        return source;
    }

    private SloSignal Signal(SourceSpecPart spec, string at)
    {
        Expect(!IsGiven(spec.Query), $"{at}.metricSource.spec.query", spec.Query, "A query belongs to the type prometheus.");
        Expect(spec.Signal is "span" or "calls" or "score", $"{at}.metricSource.spec.signal", spec.Signal, "Write span, calls or score.");
        return spec.Signal switch
        {
            "span" => SloSignal.Requests,
            "calls" => SloSignal.Calls,
            _ => SloSignal.Scores,
        };
    }

    private SloFilter Filter(SourceSpecPart spec, SloSignal signal, string at)
    {
        var misplaced = signal == SloSignal.Scores ? null : spec.Score;
        Expect(misplaced is null, $"{at}.metricSource.spec.score", misplaced, "Only the signal score has it.");
        return new SloFilter
        {
            Operation = spec.Operation,
            Version = spec.Version,
            Environment = spec.Environment,
            Variant = spec.Variant,
            Score = spec.Score,
        };
    }

    private SloIndicator Checked(SloIndicator indicator)
    {
        var isFit = double.IsFinite(indicator.Threshold) && (!indicator.JudgesDurations || indicator.Threshold > 0);
        Expect(isFit, "the threshold", $"{indicator.Threshold}", "Write milliseconds above 0, or a score.");
        return indicator;
    }

    private void ExpectNoCondition(SourceSpecPart spec, string at)
    {
        var isFree = !IsGiven(spec.Status) && !IsGiven(spec.MaxDurationMs) && !IsGiven(spec.MinValue);
        Expect(isFree, $"{at}.metricSource.spec", "a condition", "Conditions (status, maxDurationMs, minValue) belong to good.");
    }

    private T Needed<T>(T? value, string field)
        where T : class => value ?? throw AssayException.Usage($"{place}: {field} is missing.", "Add it; docs/reference/en/slos.md shows a whole file.");

    private double Needed(double? value, string field) =>
        value ?? throw AssayException.Usage($"{place}: {field} is missing.", "Add it; docs/reference/en/slos.md shows a whole file.");

    private void Expect(bool isRight, string field, string? found, string fix)
    {
        if (!isRight)
        {
            throw AssayException.Usage($"{place}: {field} is {(found is null ? "missing" : $"'{found}'")}.", fix);
        }
    }
}
