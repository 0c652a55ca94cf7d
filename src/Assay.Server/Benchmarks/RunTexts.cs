using Assay.Evaluation.Reports;
using Assay.Evaluation.Storing;
using Assay.Server.Surface.Reading;

namespace Assay.Server.Benchmarks;

/// <summary>What the pages say of runs.</summary>
internal static class RunTexts
{
    /// <summary>Cases beside their number.</summary>
    public static readonly Noun Cases = new("case", "cases", "случай", "случая", "случаев");

    /// <summary>The address of a benchmark's page.</summary>
    public static string BenchmarkAddress(string benchmark) => "/benchmarks/" + Uri.EscapeDataString(benchmark);

    /// <summary>The address of a run's page.</summary>
    public static string Address(string run) => "/benchmarks/runs/" + Uri.EscapeDataString(run);

    /// <summary>The address of the comparison of two runs.</summary>
    public static string CompareAddress(string baseline, string candidate) =>
        $"/benchmarks/compare?a={Uri.EscapeDataString(baseline)}&b={Uri.EscapeDataString(candidate)}";

    /// <summary>What a reader must know before the numbers; null when there is nothing.</summary>
    public static Phrase? Label(StoredRun run) =>
        run.Report.Content.IsDryRun ? new("dry run: offline models", "пробный: офлайн-модели")
        : HasOffline(run) ? new("offline models", "офлайн-модели")
        : run.Report.Content.IsSmoke ? new("smoke: points, no intervals", "дымовой: точки без интервалов")
        : null;

    /// <summary>Whether a model that asks nobody answered or judged.</summary>
    private static bool HasOffline(StoredRun run) =>
        run.Report.Target.Models.Concat(run.Report.Target.JudgeModels).Any(m => m.StartsWith("offline/", StringComparison.Ordinal));

    /// <summary>How far the run is, when it did not end; null when it did.</summary>
    public static string? Unfinished(StoredRun run, Reader reader) =>
        run.IsFinished()
            ? null
            : reader.Say(
                $"stopped after {reader.Figures.Count(run.Report.Done)} of {reader.Figures.Count(run.Report.Asked)}",
                $"остановлен: {reader.Figures.Count(run.Report.Done)} из {reader.Figures.Count(run.Report.Asked)}"
            );

    /// <summary>What it cost, as far as prices are known.</summary>
    public static string Cost(StoredRun run, Reader reader)
    {
        var known = reader.Figures.Dollars((double)run.CostUsd());
        return run.Unpriced() == 0 ? known
            : run.CostUsd() == 0 ? reader.Say("unknown", "неизвестно")
            : reader.Say($"{known} and unpriced calls", $"{known} и вызовы без цены");
    }

    /// <summary>The dataset with the beginning of its hash.</summary>
    public static string Dataset(StoredRun run) => $"{run.Report.Content.Dataset} · {Short(run.Report.Content.DatasetHash)}";

    /// <summary>The beginning of a hash.</summary>
    public static string Short(string hash) => hash.Length > 8 ? hash[..8] : hash;

    /// <summary>Cases and repeats.</summary>
    public static string Size(StoredRun run, Reader reader)
    {
        var (content, f) = (run.Report.Content, reader.Figures);
        var cases = f.Count(content.Cases, Cases);
        var repeats = content.Repeats > 1 ? reader.Say($" × {content.Repeats} repeats", $" × {content.Repeats} повтора") : "";
        var clusters =
            content.Clusters < content.Cases ? reader.Say($", in {f.Count(content.Clusters)} clusters", $", кластеров {f.Count(content.Clusters)}") : "";
        return cases + repeats + clusters;
    }

    /// <summary>Why the run came to its verdict, in the reader's language where somebody said it so.</summary>
    public static SpokenText Reason(StoredRun run, Reader reader) =>
        run.Translations?.GetValueOrDefault(reader.LanguageTag) is { } said
            ? new(said.Reason, reader.LanguageTag)
            : new(run.Report.Reason, run.Report.Content.Language);

    /// <summary>Why a gate came to its verdict.</summary>
    public static SpokenText Reason(StoredRun run, ReportGate gate, Reader reader) =>
        run.Translations?.GetValueOrDefault(reader.LanguageTag)?.Gates.GetValueOrDefault(gate.Name) is { } said
            ? new(said, reader.LanguageTag)
            : new(gate.Reason, run.Report.Content.Language);

    /// <summary>What follows from the verdict, in one line.</summary>
    public static string Headline(StoredRun run, Reader reader)
    {
        var gates = run.Gates().ToList();
        var passed = gates.Count(g => g.Verdict == Verdict.Pass);
        return run switch
        {
            _ when !run.IsFinished() => reader.Say("The run did not end", "Прогон не завершён"),
            _ when gates.Count == 0 => reader.Say("It measures and decides nothing: no gates", "Измеряет, но не решает: порогов нет"),
            _ when passed == gates.Count => reader.Say($"All {gates.Count} gates pass", $"Пройдены все пороги: {gates.Count}"),
            _ => reader.Say($"{passed} of {gates.Count} gates pass", $"Порогов пройдено: {passed} из {gates.Count}"),
        };
    }
}
