using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Files;

namespace Assay.Evaluation.Datasets.Cleaning;

/// <summary>
/// How a dataset was made of another: counts, hashes, filters, what was dropped and why. It names no case, cluster, document or channel, so that it can go
/// where the cases may not. The same input gives the same bytes.
/// </summary>
/// <param name="Dataset">The name of the clean dataset.</param>
/// <param name="Sha256">Its identity.</param>
/// <param name="Cases">Its cases.</param>
/// <param name="Clusters">Its clusters.</param>
/// <param name="From">What it was made of.</param>
internal sealed record CleaningManifest(string Dataset, string Sha256, int Cases, int Clusters, SourceFacts From)
{
    /// <summary>What the shape of the file is called.</summary>
    public string Schema { get; init; } = "assay.dataset_manifest/1";

    /// <summary>The filters, in the order in which they were asked; a case that one drops is not shown to the next.</summary>
    public IReadOnlyList<AppliedFilter> Filters { get; init; } = [];

    /// <summary>Cases that were dropped, by reason.</summary>
    public IReadOnlyDictionary<string, int> Dropped { get; init; } = new Dictionary<string, int>();

    /// <summary>What was taken out of the texts of cases that stay, by kind.</summary>
    public IReadOnlyDictionary<string, int> Removed { get; init; } = new Dictionary<string, int>();

    /// <summary>Cases that are not what they were.</summary>
    public int Changed { get; init; }

    /// <summary>Sorts of ids that have new names: <c>cases</c>, <c>clusters</c>, <c>documents</c>.</summary>
    public IReadOnlyList<string> Renamed { get; init; } = [];

    /// <summary>Fields that were left out.</summary>
    public IReadOnlyList<string> FieldsRemoved { get; init; } = [];

    /// <summary>The list of further words; null when there was none.</summary>
    public AppliedFilter? Words { get; init; }

    /// <summary>Which variants flags had when the cases were made.</summary>
    public IReadOnlyList<FlagCount> Flags { get; init; } = [];

    /// <summary>Writes it for people: one member a line.</summary>
    /// <exception cref="AssayException">The file cannot be written (exit code 4).</exception>
    public void Write(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, ManifestJson.Readable.CleaningManifest) + "\n");
}

/// <summary>The dataset that another was made of; it has no name here, names tell.</summary>
/// <param name="Sha256">Its identity.</param>
/// <param name="Cases">Its cases.</param>
/// <param name="Clusters">Its clusters.</param>
internal sealed record SourceFacts(string Sha256, int Cases, int Clusters)
{
    public static SourceFacts Of(DatasetIdentity identity) => new(identity.Hash, identity.Cases, identity.Clusters);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true
)]
[JsonSerializable(typeof(CleaningManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext
{
    public static ManifestJson Readable => Made.Readable;

    // Apart, so that it is made after Default.
    private static class Made
    {
        public static readonly ManifestJson Readable = new(
            new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
    }
}
