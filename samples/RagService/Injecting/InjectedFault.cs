using System.Text.Json.Serialization;
using Assay.Flags;

namespace RagService.Injecting;

/// <summary>What goes wrong.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))]
internal enum FaultKind
{
    /// <summary>A share of questions fails.</summary>
    [JsonStringEnumMemberName("errors")]
    Errors,

    /// <summary>Questions wait before they are answered.</summary>
    [JsonStringEnumMemberName("latency")]
    Latency,

    /// <summary><c>/readyz</c> answers 503, and questions fail as they do where nobody is ready.</summary>
    [JsonStringEnumMemberName("readiness")]
    Readiness,

    /// <summary>Each question leaves memory behind; at the bound questions fail, as in a process at its limit.</summary>
    [JsonStringEnumMemberName("memory")]
    Memory,

    /// <summary>What questions are answered from cannot be reached: they wait for it, and fail.</summary>
    [JsonStringEnumMemberName("dependency")]
    Dependency,
}

/// <summary>A fault that was brought about.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="Flag">With <paramref name="Variant"/>: only questions of units that have this variant of this flag are hurt; null for all.</param>
/// <param name="Variant"><c>on</c>, <c>off</c> or the text that the flag has.</param>
/// <param name="Percent">The share of those questions that is hurt, above 0 to 100.</param>
/// <param name="Ms">For latency and dependency: how long a question waits, milliseconds.</param>
/// <param name="MegaBytes">For memory: what a question leaves behind, in MiB.</param>
internal sealed record InjectedFault(FaultKind Kind, DateTimeOffset Until, string? Flag, string? Variant, double Percent, int Ms, int MegaBytes)
{
    /// <summary>Whether questions of a unit are hurt.</summary>
    public bool Hurts(IFlagReader flags, in Unit unit) =>
        (Flag, Variant) switch
        {
            (null, _) => true,
            ({ } flag, "on") => flags.IsEnabled(flag, unit),
            ({ } flag, "off") => !flags.IsEnabled(flag, unit, fallback: true),
            ({ } flag, { } variant) => flags.Text(flag, unit, "") == variant,
            _ => false,
        };
}
