using System.Text.Json;

namespace Assay.Rag.Judgements;

/// <summary>A question with its id.</summary>
internal sealed record Query(string Id, string Text)
{
    /// <summary>Reads JSON lines <c>{"id": …, "text": …}</c>, or with <c>_id</c> as BEIR has them; a missing id becomes the line number.</summary>
    /// <exception cref="AssayException">The file is missing, or a line is not a query (exit code 2, file and line named).</exception>
    public static IReadOnlyList<Query> ReadAll(string path)
    {
        var queries = new List<Query>();
        var number = 0;
        foreach (var line in InputFile.ReadLines(path))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                queries.Add(Parse(path, number, line));
            }
        }

        if (queries.Count == 0)
        {
            throw AssayException.Usage($"{path} holds no queries.", """Write one JSON object a line: {"id": "q1", "text": "How do I roll back?"}.""");
        }

        var twice = queries.GroupBy(q => q.Id).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? queries
            : throw AssayException.Usage($"{path} has the query id '{twice.Key}' {twice.Count()} times.", "Give each query an id of its own.");
    }

    private static Query Parse(string path, int number, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var isGiven = json.RootElement.TryGetProperty("id", out var given) || json.RootElement.TryGetProperty("_id", out given);
            var id = isGiven ? given.ToString() : number.ToString();
            if (json.RootElement.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(text.GetString()))
            {
                return new Query(id, text.GetString()!);
            }

            throw AssayException.Usage(
                $"{path}:{number}: the query has no text.",
                """Write one JSON object a line: {"id": "q1", "text": "How do I roll back?"}."""
            );
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw AssayException.Usage(
                $"{path}:{number}: not a JSON object: {e.Message}",
                """Write one JSON object a line: {"id": "q1", "text": "How do I roll back?"}.""",
                e
            );
        }
    }
}
