using Assay.Embedded.Folders;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Embedded.Safety;

/// <summary>Looks at all of a database. It only reads, and may run while another process writes: it sees what was committed when it began.</summary>
public static class DataCheck
{
    /// <summary>Problems that a part names; there may be more.</summary>
    public const int MostProblems = 100;

    private static readonly StoreCheck[] OfEveryDatabase =
    [
        new("pages", connection => PageProblems(connection)),
        new("references", connection => Rows(connection, "PRAGMA foreign_key_check", Reference)),
    ];

    /// <summary>Checks a data folder: the pages of its database, references, what each kit knows of its own tables, and the objects that documents name.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="progress">Hears of each step.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="AssayException">The database belongs to another program or to a newer Assay, or cannot be read (exit code 4).</exception>
    public static DataCheckReport Run(string folder, Action<DataProgress> progress, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetFullPath(folder), DataFolder.DatabaseName);
        DatabaseOpening.RefuseHalfRestored(path);
        if (!File.Exists(path))
        {
            return new DataCheckReport(path, Bytes: 0, SchemaVersion: 0, Parts: []);
        }

        var report = RunFile(path, progress, cancellationToken);
        return report.SchemaVersion == 0 ? report : report with { Parts = [.. report.Parts, Objects(path, progress, cancellationToken)] };
    }

    /// <summary>Objects that are not what the documents of a database say of them.</summary>
    internal static IReadOnlyList<ObjectProblem> ObjectProblems(string database, string dataFolder, CancellationToken cancellationToken)
    {
        using var connection = DatabaseConnection.Open(database, SqliteOpenMode.ReadOnly);
        using var snapshot = connection.BeginTransaction(deferred: true);
        return [.. ObjectCheck.FindProblems(connection, dataFolder, cancellationToken).Take(MostProblems)];
    }

    private static DataCheckPart Objects(string path, Action<DataProgress> progress, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(path)!;
        var bytes = ObjectFiles.In(folder).Sum(file => new FileInfo(file.Path) is { Exists: true, Length: var length } ? length : 0);
        if (bytes > 0)
        {
            progress(new DataProgress(ObjectCheck.PartName, Done: 0, bytes));
        }

        try
        {
            var problems = ObjectProblems(path, folder, cancellationToken);
            // A hub replaces an object a moment before the document that names it: what is wrong twice is wrong.
            problems = problems.Count == 0 ? problems : ObjectProblems(path, folder, cancellationToken);
            progress(new DataProgress(ObjectCheck.PartName, bytes, bytes));
            return new DataCheckPart(ObjectCheck.PartName, [.. problems.Select(problem => problem.Problem)]);
        }
        catch (SqliteException e) when (DatabaseFault.IsDamage(e))
        {
            return new DataCheckPart(ObjectCheck.PartName, [DatabaseFault.Words(e)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new DataCheckPart(ObjectCheck.PartName, [$"they cannot be read: {e.Message}"]);
        }
    }

    internal static DataCheckReport RunFile(string path, Action<DataProgress> progress, CancellationToken cancellationToken)
    {
        var bytes = SizeOf(path);
        if (DatabaseHeader.Fault(path) is { } fault)
        {
            return Unreadable(path, bytes, fault);
        }

        try
        {
            using var connection = DatabaseConnection.Open(path, SqliteOpenMode.ReadOnly);
            DatabaseOpening.RefuseOther(connection, path, EmbeddedStore.SchemaVersion);
            // One snapshot for all parts.
            using var snapshot = connection.BeginTransaction(deferred: true);
            var parts = OfEveryDatabase.Concat(EmbeddedStore.Checks).Select(check => RunPart(check, connection, bytes, progress, cancellationToken));
            return new DataCheckReport(path, bytes, connection.Number("PRAGMA user_version"), [.. parts]);
        }
        catch (SqliteException e) when (DatabaseFault.IsDamage(e))
        {
            return Unreadable(path, bytes, DatabaseFault.Words(e));
        }
        catch (SqliteException e)
        {
            throw DatabaseFault.Explain(e, path);
        }
    }

    private static DataCheckReport Unreadable(string path, long bytes, string fault) =>
        new(path, bytes, SchemaVersion: 0, [new DataCheckPart("header", [fault])]);

    private static DataCheckPart RunPart(
        StoreCheck check,
        SqliteConnection connection,
        long bytes,
        Action<DataProgress> progress,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        progress(new DataProgress(check.Name, Done: 0, bytes));
        using var ending = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle));
        var problems = new List<string>();
        try
        {
            problems.AddRange(check.FindProblems(connection).Take(MostProblems));
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException("The check was ended.", e, cancellationToken);
        }
        catch (SqliteException e) when (DatabaseFault.IsDamage(e))
        {
            problems.Add(DatabaseFault.Words(e));
        }

        progress(new DataProgress(check.Name, bytes, bytes));
        return new DataCheckPart(check.Name, problems);
    }

    // Several problems come in one row, below a line that names the database.
    private static IEnumerable<string> PageProblems(SqliteConnection connection) =>
        Rows(connection, $"PRAGMA integrity_check({MostProblems})", row => row.GetString(0))
            .SelectMany(row => row.Split('\n'))
            .Where(line => line != "ok" && !line.StartsWith("***", StringComparison.Ordinal));

    private static IEnumerable<string> Rows(SqliteConnection connection, string sql, Func<SqliteDataReader, string> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return read(reader);
        }
    }

    private static string Reference(SqliteDataReader row) =>
        FormattableString.Invariant($"a row of '{row.GetString(0)}' points to a row of '{row.GetString(2)}' that is not there");

    /// <summary>Bytes of the database and its log.</summary>
    internal static long SizeOf(string path) => new[] { path, path + "-wal" }.Where(File.Exists).Sum(f => new FileInfo(f).Length);
}
