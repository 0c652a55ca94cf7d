using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Assay.Catalogs;
using Assay.Experimentation.Experiments;

namespace Assay.Experimentation.Flags;

/// <summary>A snapshot's JSON. Keys that a reader does not know are skipped, so that an older client reads a newer hub's.</summary>
internal sealed record SnapshotDocument
{
    private const string Fix = "It is made by `assay flag export` or by a hub of the same version; fetch it again.";

    // Set, not init: of what is missing the generated reader would make null.
    public string Version { get; set; } = "";

    public IReadOnlyList<FlagFile> Flags { get; set; } = [];

    /// <summary>Versions of the flags that have an override.</summary>
    public IReadOnlyDictionary<string, long> Versions { get; set; } = new Dictionary<string, long>();

    /// <summary>Flags whose kill switch is on.</summary>
    public IReadOnlyList<string> Killed { get; set; } = [];

    public IReadOnlyList<ExperimentFile> Experiments { get; set; } = [];

    /// <summary>What a fingerprint is made of.</summary>
    public static byte[] OfFlags(IReadOnlyList<Flag> flags) => JsonSerializer.SerializeToUtf8Bytes(Of(flags), SnapshotWriting.Document);

    public static byte[] Write(Snapshot snapshot) =>
        JsonSerializer.SerializeToUtf8Bytes(
            Of(snapshot.Flags.All) with
            {
                Version = snapshot.Version,
                Experiments = [.. snapshot.Experiments.All.Select(e => e.Definition)],
            },
            SnapshotWriting.Document
        );

    public static Snapshot Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > Snapshot.MaxBytes)
        {
            throw AssayException.Usage(
                $"A snapshot of {json.Length >> 20} MiB; {Snapshot.MaxBytes >> 20} MiB are allowed.",
                "Remove flags that nobody asks for."
            );
        }

        try
        {
            var document = JsonSerializer.Deserialize(json, SnapshotJson.Default.SnapshotDocument) ?? throw new JsonException("null");
            return new Snapshot(FlagSet.InForce(document.Flags, document.Overrides()), ExperimentSet.Build(document.Experiments), document.Version);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NullReferenceException or InvalidOperationException)
        {
            throw AssayException.Usage($"This is no snapshot of flags: {e.Message}", Fix, e);
        }
    }

    private static SnapshotDocument Of(IReadOnlyList<Flag> flags) =>
        new()
        {
            Flags = [.. flags.Select(f => f.Definition)],
            Versions = flags.Where(f => f.Version > 0).ToDictionary(f => f.Name, f => f.Version, StringComparer.Ordinal),
            Killed = [.. flags.Where(f => f.IsKilled).Select(f => f.Name)],
        };

    private IEnumerable<FlagOverride> Overrides()
    {
        var killed = Killed.ToHashSet(StringComparer.Ordinal);
        return Versions
            .Keys.Concat(killed)
            .Distinct(StringComparer.Ordinal)
            .Select(flag => new FlagOverride
            {
                Flag = flag,
                Killed = killed.Contains(flag),
                Version = Versions.GetValueOrDefault(flag),
                Actor = "",
                Reason = "",
                At = default,
            });
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SnapshotDocument))]
internal sealed partial class SnapshotJson : JsonSerializerContext;

/// <summary>How a snapshot is written: what a file leaves out is left out here too, since a reader has the same defaults. That is a third less to read.</summary>
internal static class SnapshotWriting
{
    public static JsonTypeInfo<SnapshotDocument> Document { get; } =
        (JsonTypeInfo<SnapshotDocument>)
            new JsonSerializerOptions(SnapshotJson.Default.Options) { TypeInfoResolver = SnapshotJson.Default.WithAddedModifier(LeaveOutDefaults) }.GetTypeInfo(
                typeof(SnapshotDocument)
            );

    private static void LeaveOutDefaults(JsonTypeInfo type)
    {
        if (!type.Type.IsSubclassOf(typeof(CatalogEntry)) || type.CreateObject is null)
        {
            return;
        }

        var untouched = type.CreateObject();
        foreach (var property in type.Properties)
        {
            if (property.Get?.Invoke(untouched) is { } usual and (string or bool or int or decimal or double))
            {
                property.ShouldSerialize = (_, value) => !usual.Equals(value);
            }
        }
    }
}
