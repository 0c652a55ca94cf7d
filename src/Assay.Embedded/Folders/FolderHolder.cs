using System.Text.Json.Serialization;

namespace Assay.Embedded.Folders;

/// <summary>The process that holds a data folder.</summary>
/// <param name="ProcessId">Its process id; 0 when it has not said yet.</param>
/// <param name="Since">Since when it holds the folder.</param>
/// <param name="Address">Where its API listens; null for a command, or before a hub listens.</param>
public sealed record FolderHolder(int ProcessId, DateTimeOffset Since, Uri? Address)
{
    /// <summary>The process and its address, as in an error message.</summary>
    public override string ToString() =>
        (ProcessId, Address) switch
        {
            (0, _) => "another process",
            (_, null) => $"process {ProcessId}",
            _ => $"process {ProcessId}, which listens on {Address.GetLeftPart(UriPartial.Authority)}",
        };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(FolderHolder))]
internal sealed partial class FolderHolderJson : JsonSerializerContext;
