using Assay.Embedded.Safety;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Documents;

/// <summary>Whether the documents are what the store lets in.</summary>
internal static class DocumentCheck
{
    public static StoreCheck Check { get; } = new("documents", FindProblems);

    private static IEnumerable<string> FindProblems(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT collection, key, version, json FROM document ORDER BY id";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var name = $"document '{reader.GetString(0)}/{reader.GetString(1)}'";
            if (reader.GetInt64(2) < 1)
            {
                yield return $"{name} has version {reader.GetInt64(2)}";
            }

            if (!reader.IsDBNull(3) && DocumentRules.JsonFault(reader.GetFieldValue<byte[]>(3)) is { } fault)
            {
                yield return $"{name} is not JSON: {fault}";
            }
        }
    }
}
