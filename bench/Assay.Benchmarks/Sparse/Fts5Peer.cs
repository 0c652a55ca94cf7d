using System.Diagnostics;
using Assay.Text;
using Microsoft.Data.Sqlite;

namespace Assay.Benchmarks.Sparse;

/// <summary>SQLite's full-text index: words folded and stemmed by 'porter unicode61', ranked by its bm25().</summary>
internal sealed class Fts5Peer(Collection collection, string folder) : ISparseEngine
{
    private readonly string path = Path.Combine(folder, "fts5.db");
    private SqliteConnection? reader;
    private SqliteCommand? search;

    public string Name => "SQLite FTS5";

    public IndexCost Index()
    {
        File.Delete(path);
        var started = Stopwatch.GetTimestamp();
        using (var connection = Connect())
        {
            Execute(connection, "pragma journal_mode=off; pragma synchronous=off");
            Execute(connection, "create virtual table f using fts5(id unindexed, title, body, tokenize='porter unicode61')");
            Fill(connection);
            Execute(connection, "insert into f(f) values('optimize')");
        }

        return new IndexCost(Stopwatch.GetElapsedTime(started).TotalSeconds, new FileInfo(path).Length);
    }

    public void Open()
    {
        reader = Connect();
        search = reader.CreateCommand();
        search.CommandText = "select id from f where f match $words order by rank limit $k";
        search.Parameters.Add("$words", SqliteType.Text);
        search.Parameters.AddWithValue("$k", Collection.HitsPerQuery);
        search.Prepare();
    }

    public void Search(Span<double> seconds)
    {
        for (var i = 0; i < seconds.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            Search(collection.Queries[i].Text);
            seconds[i] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
    }

    public IReadOnlyList<IReadOnlyList<string>> Hits() => [.. collection.Queries.Select(q => Search(q.Text))];

    public void Dispose()
    {
        search?.Dispose();
        reader?.Dispose();
    }

    /// <summary>The distinct words of a text, each quoted, any of them enough.</summary>
    private static string AnyOf(string text)
    {
        var words = new List<string>();
        var tokens = new TokenReader(text);
        while (tokens.Read())
        {
            words.Add($"\"{text.AsSpan(tokens.Start, tokens.Length)}\"");
        }

        return string.Join(" OR ", words.Distinct());
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Connect()
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Fill(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "insert into f values($id, $title, $body)";
        var id = insert.Parameters.Add("$id", SqliteType.Text);
        var title = insert.Parameters.Add("$title", SqliteType.Text);
        var body = insert.Parameters.Add("$body", SqliteType.Text);
        foreach (var text in collection.Texts)
        {
            (id.Value, title.Value, body.Value) = (text.Id, text.Title, text.Body);
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private List<string> Search(string text)
    {
        search!.Parameters[0].Value = AnyOf(text);
        var ids = new List<string>(Collection.HitsPerQuery);
        using var rows = search.ExecuteReader();
        while (rows.Read())
        {
            ids.Add(rows.GetString(0));
        }

        return ids;
    }
}
