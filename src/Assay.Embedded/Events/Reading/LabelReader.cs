using Assay.Embedded.Sqlite;
using Assay.Stores;
using Microsoft.Data.Sqlite;

namespace Assay.Embedded.Events.Reading;

/// <summary>Looks up by what sums are split, each label set once, and says which are wanted.</summary>
internal sealed class LabelReader(SqliteConnection connection, AggregateQuery query)
{
    private static readonly string[] Columns = ["service", "version", "environment", "operation", "category", "name", "variant", "prompt"];

    private readonly Dictionary<long, string[]> found = [];
    private readonly Dictionary<string, string[]> single = [];
    private readonly List<KeyValuePair<Dimension, string>> wanted = [.. query.Where];

    public string Condition =>
        wanted.Count == 0
            ? ""
            : $"AND labels IN (SELECT id FROM labels WHERE series = {(int)query.Series} AND {string.Join(" AND ", wanted.Select(w => $"{ColumnOf(w.Key)} = ?"))})";

    public void Bind(Statement statement, int first)
    {
        for (var i = 0; i < wanted.Count; i++)
        {
            statement.Bind(first + i, wanted[i].Value);
        }
    }

    /// <summary>The values of the split; the same instance for equal values.</summary>
    public string[] Values(long id)
    {
        if (!found.TryGetValue(id, out var values))
        {
            values = query.By.Count == 0 ? [] : Find(id);
            var key = string.Concat(values.Select(v => $"{v.Length}:{v}"));
            values = single.TryGetValue(key, out var same) ? same : single[key] = values;
            found.Add(id, values);
        }

        return values;
    }

    /// <summary>Cost may come to a request whose labels were deleted with its sums: it counts among the others.</summary>
    private string[] Find(long id)
    {
        using var row = new Statement(connection, $"SELECT {string.Join(", ", query.By.Select(ColumnOf))} FROM labels WHERE id = ?");
        return row.Bind(1, id).Step() ? [.. query.By.Select((_, i) => row.Text(i))] : [.. query.By.Select(_ => Labels.Other)];
    }

    private static string ColumnOf(Dimension dimension) => Columns[(int)dimension];
}
