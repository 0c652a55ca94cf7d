using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Assay.Embedded.Sqlite;

/// <summary>
/// A prepared statement that is bound and stepped without a command object around it: what the writer runs thousands of times a second.
/// Parameters are counted from 1, columns from 0. Text may hold any character, also NUL.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    public Statement(SqliteConnection connection, string sql)
    {
        database = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
    }

    public Statement Bind(int at, long value)
    {
        Check(raw.sqlite3_bind_int64(statement, at, value));
        return this;
    }

    public Statement Bind(int at, double value)
    {
        Check(raw.sqlite3_bind_double(statement, at, value));
        return this;
    }

    public Statement Bind(int at, string value)
    {
        // An empty span has no address and would be bound as NULL.
        if (value.Length == 0)
        {
            Check(raw.sqlite3_bind_text(statement, at, ""));
            return this;
        }

        Span<byte> room = stackalloc byte[512];
        var bytes = Encoding.UTF8.TryGetBytes(value, room, out var written) ? room[..written] : Encoding.UTF8.GetBytes(value);
        Check(raw.sqlite3_bind_text(statement, at, bytes));
        return this;
    }

    /// <summary>Binds a blob; an empty one is NULL and is read back as an empty one.</summary>
    public Statement Bind(int at, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_null(statement, at) : raw.sqlite3_bind_blob(statement, at, value));
        return this;
    }

    public Statement BindNull(int at)
    {
        Check(raw.sqlite3_bind_null(statement, at));
        return this;
    }

    /// <summary>Goes to the next row; false when there is none, and then the statement is ready to be bound anew.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        raw.sqlite3_reset(statement);
        Check(code);
        return false;
    }

    /// <summary>Runs to the end and gives the number of rows that changed.</summary>
    public int Run()
    {
        while (Step()) { }

        return raw.sqlite3_changes(database);
    }

    /// <summary>Leaves the rows that were not read.</summary>
    public void Reset() => raw.sqlite3_reset(statement);

    public long Long(int column) => raw.sqlite3_column_int64(statement, column);

    public double Double(int column) => raw.sqlite3_column_double(statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    /// <summary>The bytes of a blob or a text; valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public void Dispose() => statement.Dispose();

    private void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(code, database);
        }
    }
}
