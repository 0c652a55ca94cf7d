using System.Globalization;
using Assay.Embedded.Sqlite;
using Assay.Stores;

namespace Assay.Embedded.Events.Reading;

/// <summary>The conditions of a query of requests, as SQL with parameters.</summary>
internal sealed class RequestFilter
{
    private readonly List<string> labelConditions = [];
    private readonly List<Action<Statement, int>> labelValues = [];
    private readonly List<string> conditions = [];
    private readonly List<Action<Statement, int>> values = [];

    /// <summary>Whether service, version, environment, name, variant or prompt are asked for.</summary>
    public bool HasLabels => labelConditions.Count > 0;

    /// <summary>Whether the conditions but those of labels ask for time alone, so that most rows of a label set are wanted.</summary>
    public bool IsOfTimeOnly { get; private init; }

    /// <summary>The index whose order is that of the page.</summary>
    public string Index { get; private init; } = "NOT INDEXED";

    /// <summary>The label sets that match. Requests have few: those that match are found first, and the rows compare one number.</summary>
    public string Labels =>
        string.Create(CultureInfo.InvariantCulture, $"SELECT id FROM labels WHERE series = {(int)Series.Requests} AND {Join(labelConditions)}");

    /// <summary>All conditions.</summary>
    public string Where => Join([.. conditions, HasLabels ? $"r.labels IN ({Labels})" : "1"]);

    /// <summary>All conditions but those of labels.</summary>
    public string WhereTime => Join([.. conditions, "1"]);

    public static RequestFilter Of(RequestQuery query, PageMark? after)
    {
        var isCorrelated = query.CorrelationId is { Length: > 0 };
        var filter = new RequestFilter
        {
            IsOfTimeOnly = (query.Failed, query.AtLeast, query.AtMost, query.CorrelationId) is (null, null, null, null),
            Index =
                isCorrelated ? "INDEXED BY request_correlation"
                : query.Failed is true ? "INDEXED BY request_failed"
                : "NOT INDEXED",
        };
        filter.AddLabels(query);
        filter.Add("r.correlation = ?", isCorrelated ? query.CorrelationId : null);
        filter.Add("r.correlation IS NULL AND ? = ''", query.CorrelationId is "" ? "" : null);
        filter.Add("r.start >= ?", query.From is { } from ? Nanos.Of(from) : null);
        filter.Add("r.start < ?", query.Before is { } before ? Nanos.Of(before) : null);
        // The number is written out: an index of failed requests is of use only where the condition names it.
        filter.conditions.Add(query.Failed is { } failed ? $"r.failed = {(failed ? 1 : 0)}" : "1");
        filter.Add("r.duration >= ?", query.AtLeast is { } least ? Nanos.Of(least) : null);
        filter.Add("r.duration <= ?", query.AtMost is { } most ? Nanos.Of(most) : null);
        filter.AddMark(after);
        return filter;
    }

    public int BindLabels(Statement statement, int first) => Bind(statement, labelValues, first);

    /// <summary>Binds the conditions but those of labels, and gives the next place.</summary>
    public int BindTime(Statement statement, int first) => Bind(statement, values, first);

    private static int Bind(Statement statement, List<Action<Statement, int>> values, int first)
    {
        for (var i = 0; i < values.Count; i++)
        {
            values[i](statement, first + i);
        }

        return first + values.Count;
    }

    private void AddLabels(RequestQuery query)
    {
        AddLabel("service = ?", query.Service);
        AddLabel("version = ?", query.Version);
        AddLabel("environment = ?", query.Environment);
        AddLabel("instr(lower(name), lower(?)) > 0", query.Name is "" ? null : query.Name);
        AddLabel("variant = ?", query.Variant);
        AddLabel("prompt = ?", query.Prompt);
    }

    private void AddMark(PageMark? after)
    {
        if (after is not null)
        {
            conditions.Add("(r.start, r.number) < (?, ?)");
            values.Add((s, at) => s.Bind(at, after.Start));
            values.Add((s, at) => s.Bind(at, after.Number));
        }
    }

    private void AddLabel(string condition, string? value)
    {
        if (value is not null)
        {
            labelConditions.Add(condition);
            labelValues.Add((s, at) => s.Bind(at, value));
        }
    }

    private void Add(string condition, string? value)
    {
        if (value is not null)
        {
            conditions.Add(condition);
            values.Add((s, at) => s.Bind(at, value));
        }
    }

    private void Add(string condition, long? value)
    {
        if (value is { } number)
        {
            conditions.Add(condition);
            values.Add((s, at) => s.Bind(at, number));
        }
    }

    private static string Join(IEnumerable<string> conditions) => string.Join(" AND ", conditions);
}
