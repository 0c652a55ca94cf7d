using Assay.Telemetry;

namespace Assay.Models.Calls;

/// <summary>One logical call, ready to be sent.</summary>
/// <param name="Operation">What is asked for.</param>
/// <param name="Model">Who is asked.</param>
/// <param name="Body">The request, the same bytes for the same request.</param>
internal sealed record CallRequest(GenAiOperation Operation, string Model, ReadOnlyMemory<byte> Body)
{
    /// <summary>Texts that must not appear in an error message although the endpoint may repeat them.</summary>
    public Func<IEnumerable<string>> Texts { get; init; } = static () => [];

    /// <summary><c>name@version</c>; empty when none.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>From 0.</summary>
    public int Repeat { get; init; }

    /// <summary>The most tokens that the answer may have; null when the request does not say; 0 for calls without output tokens.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>The time that is left for it; null for the endpoint's own limit. The shorter of the two holds.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Who answered, as far as the answer says; else who was asked.</summary>
    public string NameOf(ReadAnswer? answer) => answer is { Model.Length: > 0 } ? answer.Model : Model;
}
