using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Evaluation.Datasets;
using Assay.Files;
using Assay.Models.Calls;
using Assay.Prices;

namespace Assay.Evaluation.Targets;

/// <summary>
/// Answers that were recorded before: JSON lines <c>{"id", "answer"}</c> and, when known, <c>model</c>, <c>repeat</c>, <c>retrieved_ids</c>,
/// <c>contexts</c>, <c>latency_ms</c>, <c>cost_usd</c>. All are held in memory.
/// </summary>
public sealed class RecordedTarget : ITarget
{
    private const int LineBytes = 16 << 20;
    private const string Shape = "Write one object on each line: {\"id\": \"1\", \"answer\": \"…\"}.";

    private readonly Dictionary<(string Id, int Repeat), Answer> answers;
    private readonly string path;

    private RecordedTarget(string path, Dictionary<(string, int), Answer> answers, string fingerprint) =>
        (this.path, this.answers, Fingerprint) = (path, answers, fingerprint);

    /// <inheritdoc/>
    public string Name => $"recorded answers of {Path.GetFileName(path)}";

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="AssayException">The file cannot be read, or a line is no answer (exit code 2); the message names file and line.</exception>
    public static RecordedTarget Open(string path)
    {
        using var stream = CaseReader.Open(path);
        var lines = new Utf8LineReader(stream, LineBytes);
        if (lines.Peek(3).StartsWith("\uFEFF"u8))
        {
            lines.Skip(3);
        }

        var answers = new Dictionary<(string, int), Answer>();
        var hashes = new List<string>();
        while (lines.TryRead(out var line, out var tooLong))
        {
            AssayException Fault(string problem, string fix) => AssayException.Usage($"{path}:{lines.Line}: {problem}", fix);
            if (tooLong)
            {
                throw Fault($"The line is longer than {LineBytes >> 20} MiB.", "Shorten the answer.");
            }

            if (line.IndexOfAnyExcept(" \t\r"u8) < 0)
            {
                continue;
            }

            var read = Parse(line, Fault);
            if (!answers.TryAdd((read.Id!, read.Repeat), read.ToAnswer()))
            {
                throw Fault($"Case '{read.Id}' has an answer for repeat {read.Repeat} already.", "Keep one of them, or number repeats from 0.");
            }

            hashes.Add(Hash.Of(System.Text.Encoding.UTF8.GetString(line)));
        }

        return answers.Count > 0 ? new RecordedTarget(path, answers, Hash.Of([.. hashes])) : throw AssayException.Usage($"'{path}' holds no answer.", Shape);
    }

    /// <inheritdoc/>
    public ValueTask<Answer> AnswerAsync(Case asked, int repeat, CancellationToken cancellationToken) =>
        answers.TryGetValue((asked.Id, repeat), out var answer)
            ? ValueTask.FromResult(answer)
            : throw new ModelCallException(ModelFault.NotCached, $"'{path}' has no answer to case '{asked.Id}', repeat {repeat}.");

    private static RecordedLine Parse(ReadOnlySpan<byte> line, Func<string, string, AssayException> fault)
    {
        try
        {
            var read = JsonSerializer.Deserialize(line, RecordedJson.Default.RecordedLine);
            return read is not { Id.Length: > 0, Answer: not null } ? throw fault("The line has no \"id\" or no \"answer\".", Shape)
                : read.HasNulls ? throw fault("The line has a null among \"contexts\" or \"retrieved_ids\".", "Write a text in its place, or leave it out.")
                : read;
        }
        catch (JsonException e)
        {
            throw fault(e.Path is { Length: > 2 } at ? $"The value of \"{at[2..]}\" does not fit." : "The line is no JSON object.", Shape);
        }
    }
}

internal sealed class RecordedLine
{
    public string? Id { get; set; }
    public string? Answer { get; set; }
    public string? Model { get; set; }
    public int Repeat { get; set; }
    public List<string>? RetrievedIds { get; set; }
    public List<string>? Contexts { get; set; }
    public double LatencyMs { get; set; }
    public decimal? CostUsd { get; set; }

    /// <summary>JSON knows null where the types here do not.</summary>
    internal bool HasNulls => RetrievedIds?.Contains(null!) == true || Contexts?.Contains(null!) == true;

    public Answer ToAnswer() =>
        new(Answer!, Model ?? "")
        {
            RetrievedIds = RetrievedIds ?? [],
            Contexts = Contexts ?? [],
            LatencyMs = LatencyMs,
            Cost = CostUsd is { } dollars ? Money.OfDollars(dollars) : null,
        };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RecordedLine))]
internal sealed partial class RecordedJson : JsonSerializerContext;
