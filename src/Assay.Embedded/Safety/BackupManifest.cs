using System.Text.Json.Serialization;

namespace Assay.Embedded.Safety;

/// <summary>What a backup holds: the file <c>manifest.json</c> in it.</summary>
/// <param name="Format">How the backup is made: <see cref="CurrentFormat"/>.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="SchemaVersion">The version of the database's tables.</param>
/// <param name="Files">The files in it.</param>
public sealed record BackupManifest(string Format, DateTimeOffset CreatedAt, long SchemaVersion, IReadOnlyList<BackedUpFile> Files)
{
    /// <summary>The only format so far: a zip with the files and the manifest.</summary>
    public const string CurrentFormat = "assay-backup/1";

    internal const string Name = "manifest.json";
}

/// <summary>A file in a backup.</summary>
/// <param name="Name">Its name in the data folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">The SHA-256 of its content, 64 lower-case hex digits.</param>
public sealed record BackedUpFile(string Name, long Bytes, string Sha256);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupManifestJson : JsonSerializerContext;
