using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Sqlite;

/// <summary>A step that brings the tables of an older file up to date; once shipped it is never changed.</summary>
/// <param name="Number">1, 2, 3 … without gaps over all kits of the file; kept in <c>PRAGMA user_version</c>.</param>
/// <param name="Sql">What it runs.</param>
internal sealed record Migration(int Number, string Sql)
{
    /// <summary>Runs those that are missing and gives the number that is reached.</summary>
    public static long Apply(SqliteConnection connection, IReadOnlyList<Migration> migrations)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var reached = (long)command.ExecuteScalar()!;
        foreach (var step in migrations.OrderBy(m => m.Number).Where(m => m.Number > reached))
        {
            command.CommandText = $"{step.Sql}; PRAGMA user_version={step.Number}";
            command.ExecuteNonQuery();
            reached = step.Number;
        }

        return reached;
    }
}
