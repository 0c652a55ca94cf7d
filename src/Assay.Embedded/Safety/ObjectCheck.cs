using System.Security.Cryptography;
using System.Text.Json;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Safety;

/// <summary>An object that is not what a document says of it.</summary>
/// <param name="Problem">A sentence that names object and document.</param>
/// <param name="IsMissing">Whether it is not there at all.</param>
internal sealed record ObjectProblem(string Problem, bool IsMissing);

/// <summary>
/// Whether objects are what documents say of them. A document names an object by <c>name</c>, <c>bytes</c> and <c>sha256</c>, wherever in it that stands; other objects
/// have no hash to be checked against.
/// </summary>
internal static class ObjectCheck
{
    /// <summary>The name of the check among the parts of a report.</summary>
    public const string PartName = "objects";

    /// <summary>Finds problems, as they come.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="dataFolder">The data folder with the objects.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public static IEnumerable<ObjectProblem> FindProblems(SqliteConnection connection, string dataFolder, CancellationToken cancellationToken)
    {
        foreach (var (document, stored) in Named(connection))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Problem(ObjectFiles.PathOf(ObjectFiles.FolderIn(dataFolder), stored.Name), stored) is { } problem)
            {
                yield return problem with
                {
                    Problem = $"the object '{stored.Name}' of the document '{document}' {problem.Problem}",
                };
            }
        }
    }

    private static ObjectProblem? Problem(string path, StoredObject stored)
    {
        using var file = ObjectFiles.Open(path);
        return file is null ? new ObjectProblem("is not there", IsMissing: true)
            : file.Length != stored.Bytes ? new ObjectProblem($"has {file.Length:#,0} bytes, {stored.Bytes:#,0} were stored", IsMissing: false)
            : Convert.ToHexStringLower(SHA256.HashData(file)) != stored.Sha256 ? new ObjectProblem("holds other bytes than were stored", IsMissing: false)
            : null;
    }

    private static IEnumerable<(string Document, StoredObject Object)> Named(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT collection, key, json FROM document WHERE json IS NOT NULL AND instr(CAST(json AS TEXT), '\"sha256\"') > 0 ORDER BY id";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var document = $"{reader.GetString(0)}/{reader.GetString(1)}";
            foreach (var stored in In(reader.GetFieldValue<byte[]>(2)))
            {
                yield return (document, stored);
            }
        }
    }

    private static IReadOnlyList<StoredObject> In(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. In(document.RootElement)];
        }
        catch (JsonException)
        {
            // The check of documents tells that.
            return [];
        }
    }

    private static IEnumerable<StoredObject> In(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray().SelectMany(In),
            JsonValueKind.Object when Read(element) is { } stored => [stored],
            JsonValueKind.Object => element.EnumerateObject().SelectMany(property => In(property.Value)),
            _ => [],
        };

    private static StoredObject? Read(JsonElement element) =>
        element.TryGetProperty("sha256", out var hash)
        && element.TryGetProperty("name", out var name)
        && element.TryGetProperty("bytes", out var bytes)
        && (hash.ValueKind, name.ValueKind, bytes.ValueKind) == (JsonValueKind.String, JsonValueKind.String, JsonValueKind.Number)
        && bytes.TryGetInt64(out var size)
        && ObjectName.IsAllowed(name.GetString()!)
            ? new StoredObject(name.GetString()!, size, hash.GetString()!)
            : null;
}
