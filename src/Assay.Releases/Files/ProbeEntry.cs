using Assay.Catalogs;

namespace Assay.Releases.Files;

/// <summary>A probe as a release file writes it: what is asked at each look, and must answer well.</summary>
internal sealed class ProbeEntry : CatalogEntry
{
    /// <summary>What is asked, by GET: an <c>http</c> or <c>https</c> address.</summary>
    public string Url { get; set; } = "";

    /// <summary>How many times in a row it must fail before it has failed at a look, 1 to 20.</summary>
    public int Failures { get; set; } = 3;

    /// <summary>The time from a failure until it is asked again, <c>100ms</c> to <c>1m</c>.</summary>
    public string Every { get; set; } = "1s";

    /// <summary>How long an answer may take, <c>100ms</c> to <c>1m</c>.</summary>
    public string Timeout { get; set; } = "2s";

    /// <summary>A sample of the Prometheus page that answers: its value is what the metric is; null when any answer of 200 to 299 is a good one.</summary>
    public string? Metric { get; set; }

    /// <summary>Labels that tell the sample from others of its name; others that it has may be anything.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];
}
