using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Documents;

/// <summary>
/// The table of documents. A deleted document leaves a row without JSON, so that its versions go on counting; such a row takes about a hundred bytes
/// and stays.
/// </summary>
internal static class DocumentTable
{
    public static readonly IReadOnlyList<Migration> Migrations =
    [
        new(
            1,
            """
            CREATE TABLE document(
              id INTEGER PRIMARY KEY,
              collection TEXT NOT NULL,
              key TEXT NOT NULL,
              version INTEGER NOT NULL,
              at INTEGER NOT NULL, -- ticks of 100 ns since year 1, UTC
              json BLOB, -- null: deleted
              UNIQUE(collection, key)
            );
            CREATE INDEX document_time ON document(collection, at, key) WHERE json IS NOT NULL
            """
        ),
    ];

    public static Document? Find(SqliteConnection connection, string collection, string key)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT key, version, at, json FROM document WHERE collection=$collection AND key=$key AND json IS NOT NULL";
        command.Parameters.AddWithValue("$collection", collection);
        command.Parameters.AddWithValue("$key", key);
        using var reader = command.ExecuteReader();
        return reader.Read() ? Read(reader, collection) : null;
    }

    public static IReadOnlyList<Document> List(SqliteConnection connection, DocumentQuery query)
    {
        using var command = Listing(connection, query);
        using var reader = command.ExecuteReader();
        var found = new List<Document>();
        var bytes = 0L;
        while (reader.Read())
        {
            found.Add(Read(reader, query.Collection));
            bytes += found[^1].Json.Length;
            if (bytes > DocumentRules.LargestListing)
            {
                throw AssayException.Usage(
                    $"The listing of '{query.Collection}' holds more than 64 MiB.",
                    "Ask for fewer documents at once, with Limit and Skip."
                );
            }
        }

        return found;
    }

    public static DocumentOutcome Put(SqliteConnection connection, DocumentWrite write, DateTimeOffset now)
    {
        var there = VersionOf(connection, write.Collection, write.Key);
        if (write.ExpectedVersion is { } expected && expected != there.Live)
        {
            return new DocumentOutcome(Done: false, there.Live);
        }

        var version = there.Last + 1;
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO document(collection, key, version, at, json) VALUES($collection, $key, $version, $at, $json)
            ON CONFLICT(collection, key) DO UPDATE SET version=excluded.version, at=excluded.at, json=excluded.json
            """;
        Bind(command, write.Collection, write.Key, version, write.At ?? now);
        command.Parameters.AddWithValue("$json", write.Json.ToArray());
        command.ExecuteNonQuery();
        return new DocumentOutcome(Done: true, version);
    }

    public static DocumentOutcome Delete(SqliteConnection connection, string collection, string key, long? expectedVersion, DateTimeOffset now)
    {
        var there = VersionOf(connection, collection, key);
        if (there.Live == 0 || (expectedVersion is { } expected && expected != there.Live))
        {
            return new DocumentOutcome(Done: false, there.Live);
        }

        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE document SET json=NULL, at=$at, version=$version WHERE collection=$collection AND key=$key";
        Bind(command, collection, key, there.Last, now);
        command.ExecuteNonQuery();
        return new DocumentOutcome(Done: true, Version: 0);
    }

    private static Versions VersionOf(SqliteConnection connection, string collection, string key)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT version, json IS NOT NULL FROM document WHERE collection=$collection AND key=$key";
        command.Parameters.AddWithValue("$collection", collection);
        command.Parameters.AddWithValue("$key", key);
        using var reader = command.ExecuteReader();
        return reader.Read() ? new Versions(reader.GetInt64(0), reader.GetBoolean(1) ? reader.GetInt64(0) : 0) : default;
    }

    private static SqliteCommand Listing(SqliteConnection connection, DocumentQuery query)
    {
        var command = connection.CreateCommand();
        var where = new List<string> { "collection=$collection", "json IS NOT NULL" };
        command.Parameters.AddWithValue("$collection", query.Collection);
        Add("at >= $from", "$from", query.From?.UtcTicks);
        Add("at < $before", "$before", query.Before?.UtcTicks);
        var keys = string.IsNullOrEmpty(query.KeyPrefix) ? null : KeyRange.Of(query.KeyPrefix);
        Add("key >= $first", "$first", keys?.First);
        Add("key < $behind", "$behind", keys?.Before);
        Add(null, "$limit", query.Limit);
        Add(null, "$skip", query.Skip);
        var order = query.NewestFirst ? "DESC" : "ASC";
        command.CommandText =
            $"SELECT key, version, at, json FROM document WHERE {string.Join(" AND ", where)} ORDER BY at {order}, key {order} LIMIT $limit OFFSET $skip";
        return command;

        void Add(string? condition, string name, object? value)
        {
            if (value is not null)
            {
                command.Parameters.AddWithValue(name, value);
                where.AddRange(condition is null ? [] : [condition]);
            }
        }
    }

    private static void Bind(SqliteCommand command, string collection, string key, long version, DateTimeOffset at)
    {
        command.Parameters.AddWithValue("$collection", collection);
        command.Parameters.AddWithValue("$key", key);
        command.Parameters.AddWithValue("$version", version);
        command.Parameters.AddWithValue("$at", at.UtcTicks);
    }

    private static Document Read(SqliteDataReader row, string collection) =>
        new(collection, row.GetString(0), row.GetInt64(1), new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero), row.GetFieldValue<byte[]>(3));

    /// <param name="Last">The last version that there ever was.</param>
    /// <param name="Live">The version that is there; 0 for none.</param>
    private readonly record struct Versions(long Last, long Live);
}
