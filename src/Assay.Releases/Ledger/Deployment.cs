using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Releases.Files;

namespace Assay.Releases.Ledger;

/// <summary>That a version runs somewhere, told by a pipeline; the body of a link of the kind <c>deployed</c>.</summary>
/// <param name="Environment">Where: <c>staging</c>, <c>production</c>; 1 to 64 characters.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record Deployment(string Environment)
{
    /// <summary>What the pipeline calls this deployment: told again under the same id it is told once. Empty: the same deployment is the same text.</summary>
    public string Id { get; init; } = "";

    /// <summary>What was done: <c>deploy</c>, or <c>rollback</c> for a version that runs again.</summary>
    public string Action { get; init; } = Forwards;

    /// <summary>The version that ran there before; empty for none.</summary>
    public string Before { get; init; } = "";

    /// <summary>Who deployed, as the pipeline says; the ledger notes beside it who told.</summary>
    public string By { get; init; } = "";

    /// <summary>Why; at most 500 characters.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The usual action.</summary>
    public const string Forwards = "deploy";

    /// <summary>The action of a version that runs again.</summary>
    public const string Back = "rollback";

    private const int LongestName = 64;
    private const int LongestText = 500;

    /// <summary>As the ledger takes it.</summary>
    /// <exception cref="AssayException">A part breaks its bound (exit code 2).</exception>
    public LedgerEntry ToEntry(ReleaseId release, string actor, DateTimeOffset at)
    {
        var whole = this with { Id = Id ?? "", Action = Action ?? Forwards, Before = Before ?? "", By = By ?? "", Reason = Reason ?? "" };
        whole.Check();
        var body = JsonSerializer.SerializeToUtf8Bytes(whole, DeploymentJson.Default.Deployment);
        var key = $"deployed/{whole.Environment}/{(whole.Id.Length > 0 ? whole.Id : LedgerHash.Of(body))}";
        return new LedgerEntry(release.ToString(), LedgerKind.Deployed, key, actor, at, body);
    }

    private void Check()
    {
        if (Environment is not { Length: > 0 and <= LongestName } || Environment.Any(c => !(char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')))
        {
            throw AssayException.Usage(
                "The deployment does not say where.",
                $"Give an environment of 1 to {LongestName} letters, digits and -_. such as staging or production."
            );
        }

        if (Action is not (Forwards or Back))
        {
            throw AssayException.Usage("A deployment has another action.", $"Give {Forwards} or {Back}.");
        }

        if (Id.Length > LongestName || new[] { Before, By, Reason }.Any(t => t.Length > LongestText))
        {
            throw AssayException.Usage(
                "A text of the deployment is too long.",
                $"An id has at most {LongestName} characters, everything else at most {LongestText}."
            );
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Deployment))]
internal sealed partial class DeploymentJson : JsonSerializerContext;
