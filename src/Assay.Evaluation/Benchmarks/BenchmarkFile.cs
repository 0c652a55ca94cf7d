using Assay.Catalogs;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Metrics;

namespace Assay.Evaluation.Benchmarks;

/// <summary>A benchmark of <c>catalog/benchmarks</c>, as it is written.</summary>
internal sealed class BenchmarkFile : CatalogEntry
{
    public string Name { get; set; } = "";

    public string Description { get; set; } = "";

    /// <summary><c>en</c> or <c>ru</c>.</summary>
    public string Language { get; set; } = "en";

    /// <summary><c>full</c> or <c>smoke</c>.</summary>
    public string Mode { get; set; } = "full";

    /// <summary>The file of cases, relative to this file.</summary>
    public string Dataset { get; set; } = "";

    public TargetEntry? Target { get; set; }

    public List<MetricEntry> Metrics { get; set; } = [];

    public List<GateEntry> Gates { get; set; } = [];

    /// <summary>How often each case is asked, 1 to 100.</summary>
    public int Repeats { get; set; } = 1;

    /// <summary>Where every random choice begins.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>Cases worked on at once, 1 to 1,024.</summary>
    public int Concurrency { get; set; } = 8;

    public LimitsEntry Limits { get; set; } = new();

    public DryRunEntry? DryRun { get; set; }

    internal bool IsSmoke => Mode == "smoke";
}

/// <summary>What is asked; one of its kinds.</summary>
internal sealed class TargetEntry : CatalogEntry
{
    /// <summary><c>name@version</c>, answered by a model.</summary>
    public string? Prompt { get; set; }

    /// <summary>The model; the prompt's when left out.</summary>
    public string? Model { get; set; }

    /// <summary>The address of the model's endpoint; the command's when left out.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The environment variable with the endpoint's key; the command's when left out.</summary>
    public string? KeyVariable { get; set; }

    /// <summary>A file of recorded answers, relative to this file.</summary>
    public string? Recorded { get; set; }

    /// <summary><c>extract</c>: the offline model that quotes.</summary>
    public string? Offline { get; set; }

    public HttpEntry? Http { get; set; }

    public ProcessEntry? Process { get; set; }

    internal IEnumerable<string> Kinds() =>
        new (string Kind, object? Value)[]
        {
            ("prompt", Offline is null ? Prompt : null),
            ("recorded", Recorded),
            ("offline", Offline),
            ("http", Http),
            ("process", Process),
        }
            .Where(kind => kind.Value is not null)
            .Select(kind => kind.Kind);
}

/// <summary>An HTTP endpoint that answers a case.</summary>
internal sealed class HttpEntry : CatalogEntry
{
    public string Url { get; set; } = "";

    /// <summary>The body: JSON with places such as <c>{{input}}</c>.</summary>
    public string Request { get; set; } = """{"question": "{{input}}"}""";

    public string Answer { get; set; } = "answer";
    public string? Contexts { get; set; }
    public string? RetrievedIds { get; set; }
    public string? Model { get; set; }

    /// <summary>How long one answer may take, in seconds.</summary>
    public double TimeoutSeconds { get; set; } = 60;
}

/// <summary>A program that answers a case.</summary>
internal sealed class ProcessEntry : CatalogEntry
{
    public List<string> Command { get; set; } = [];

    /// <summary>Where the answer stands in the JSON it writes; left out, what it writes is the answer.</summary>
    public string? Answer { get; set; }
    public string? Contexts { get; set; }
    public string? RetrievedIds { get; set; }
    public string? Model { get; set; }

    /// <summary>How long one answer may take, in seconds.</summary>
    public double TimeoutSeconds { get; set; } = 60;
}

/// <summary>How much a run may do.</summary>
internal sealed class LimitsEntry : CatalogEntry
{
    public long? RequestsPerMinute { get; set; }
    public long? TokensPerMinute { get; set; }
    public decimal? MaxCostUsd { get; set; }
    public double? MaxMinutes { get; set; }
}

/// <summary>What stands in for the live models in a dry run.</summary>
internal sealed class DryRunEntry : CatalogEntry
{
    /// <summary>The target; the offline model that quotes when left out.</summary>
    public TargetEntry? Target { get; set; }

    /// <summary>The judge; <c>offline/overlap</c> when left out.</summary>
    public string? Judge { get; set; }
}
