using System.Text.Json;
using Assay.Evaluation.Datasets;
using Assay.Models.Calls;
using Assay.Processes;

namespace Assay.Evaluation.Targets;

/// <summary>
/// A program that is started for every case: it reads the case as one JSON line on standard input and writes its answer to standard output, either
/// as text or as one JSON object that <see cref="AnswerShape"/> reads.
/// </summary>
/// <param name="command">The program and its arguments; no shell reads them.</param>
/// <param name="shape">How to read what it writes; null for text.</param>
/// <param name="limit">How long it may take.</param>
/// <param name="time">The clock.</param>
public sealed class ProcessTarget(IReadOnlyList<string> command, AnswerShape? shape, TimeSpan limit, TimeProvider time) : ITarget
{
    private const int MaxOutputBytes = 16 << 20;

    /// <inheritdoc/>
    public string Name => $"process {Path.GetFileName(command[0])}";

    /// <inheritdoc/>
    public string Fingerprint { get; } = Hash.Of(["process", .. command, shape?.ToString() ?? ""]);

    /// <inheritdoc/>
    public async ValueTask<Answer> AnswerAsync(Case asked, int repeat, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var input = JsonSerializer.Serialize(CaseLine.Of(asked), CaseJson.Readable.CaseLine) + "\n";
        var call = new ProcessCall(command[0], [.. command.Skip(1)], limit) { Input = input, MaxOutputBytes = MaxOutputBytes };
        var said = await BoundedProcess.RunAsync(call, time, cancellationToken);
        var text = said.Ending == ProcessEnding.Exited && said.ExitCode == 0 ? said.Output.Trim() : throw Failed(said);
        var answer = shape is null ? new Answer(text, "") : shape.Read(text, Name);
        return answer with { LatencyMs = time.GetElapsedTime(began).TotalMilliseconds };
    }

    private Exception Failed(ProcessAnswer said) =>
        said.Ending switch
        {
            ProcessEnding.NotFound or ProcessEnding.NotStarted => AssayException.Usage(
                $"The target '{command[0]}' cannot be started: {said.Error}",
                "Check the command in the benchmark file; it is started without a shell."
            ),
            ProcessEnding.TimedOut => new ModelCallException(ModelFault.TimedOut, $"{Name} gave no answer within {limit.TotalSeconds:0.#} s."),
            ProcessEnding.TooMuchOutput => new ModelCallException(ModelFault.Malformed, $"{Name} wrote more than {MaxOutputBytes >> 20} MiB."),
            _ => new ModelCallException(ModelFault.Unavailable, $"{Name} ended with exit code {said.ExitCode}: {Excerpt.Line(said.Error)}"),
        };
}
