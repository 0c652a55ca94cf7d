using Assay.Models.Budgets;
using Assay.Models.Caching;
using Assay.Models.Calls;
using Assay.Observability.Metrics;
using Assay.Prices;

namespace Assay.Models;

/// <summary>What all model clients of a process share.</summary>
public sealed record ModelSettings
{
    /// <summary>Known answers; null calls every time.</summary>
    public ResponseCache? Cache { get; init; }

    /// <summary>What models cost; without prices every cost is unknown.</summary>
    public PriceTable Prices { get; init; } = PriceTable.Empty;

    /// <summary>The most that calls may cost together; null for no limit.</summary>
    public SpendingLimit? Spending { get; init; }

    /// <summary>Spans and metrics of calls; null makes them.</summary>
    public GenAiSpans? Spans { get; init; }

    /// <summary>Told each time an endpoint answers 429, so that calls can be made less often; runs within the call, from any thread: return at once.</summary>
    public Action<Throttling>? OnThrottled { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Seed of the spread between retries. The default is 42.</summary>
    public long Seed { get; init; } = 42;

    /// <summary>Connections to one endpoint at most; calls beyond it wait for one. The default is 256.</summary>
    public int MaxConnections { get; init; } = 256;

    /// <summary>How long it may take to connect to an endpoint. The default is 10 s.</summary>
    internal TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether calls to an endpoint that is proven dead (<see cref="EndpointLife"/>) end all work. The default is no: where there is a fallback, each call has its own.
    /// </summary>
    internal bool EndsWhenDead { get; init; }
}
