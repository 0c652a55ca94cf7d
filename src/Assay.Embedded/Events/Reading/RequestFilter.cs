using Assay.Embedded.Sqlite;
using Assay.Stores;

namespace Assay.Embedded.Events.Reading;

/// <summary>The conditions of a query of requests, as SQL with parameters.</summary>
internal sealed class RequestFilter
{
    private readonly List<string> conditions = [];
    private readonly List<string> labelConditions = [];
    private readonly List<Action<Statement, int>> labelValues = [];
    private readonly List<Action<Statement, int>> values = [];

    public string Index { get; private init; } = "";

    public string Where => conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);

    public static RequestFilter Of(RequestQuery query, PageMark? after)
    {
        var filter = new RequestFilter { Index = query.CorrelationId is { Length: > 0 } ? "INDEXED BY request_correlation" : "" };
        filter.AddLabels(query);
        filter.Add("r.correlation = ?", query.CorrelationId is { Length: > 0 } ? query.CorrelationId : null);
        filter.Add("r.correlation IS NULL AND ? = ''", query.CorrelationId is "" ? "" : null);
        filter.Add("r.start >= ?", query.From is { } from ? Nanos.Of(from) : null);
        filter.Add("r.start < ?", query.Before is { } before ? Nanos.Of(before) : null);
        filter.Add("r.failed = ?", query.Failed is { } failed ? (failed ? 1L : 0L) : null);
        filter.Add("r.duration >= ?", query.AtLeast is { } least ? Nanos.Of(least) : null);
        filter.Add("r.duration <= ?", query.AtMost is { } most ? Nanos.Of(most) : null);
        if (after is not null)
        {
            filter.conditions.Add("(r.start, r.number) < (?, ?)");
            filter.values.Add((s, at) => s.Bind(at, after.Start));
            filter.values.Add((s, at) => s.Bind(at, after.Number));
        }

        return filter;
    }

    public void Bind(Statement statement)
    {
        for (var i = 0; i < values.Count; i++)
        {
            values[i](statement, i + 1);
        }
    }

    /// <summary>Requests have few label sets: those that match are found first, and the rows compare one number.</summary>
    private void AddLabels(RequestQuery query)
    {
        AddLabel("service = ?", query.Service);
        AddLabel("version = ?", query.Version);
        AddLabel("instr(lower(name), lower(?)) > 0", query.Name is "" ? null : query.Name);
        AddLabel("variant = ?", query.Variant);
        AddLabel("prompt = ?", query.Prompt);
        if (labelConditions.Count > 0)
        {
            var series = ((int)Series.Requests).ToString(System.Globalization.CultureInfo.InvariantCulture);
            conditions.Add($"r.labels IN (SELECT id FROM labels WHERE series = {series} AND {string.Join(" AND ", labelConditions)})");
            values.AddRange(labelValues);
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
}
