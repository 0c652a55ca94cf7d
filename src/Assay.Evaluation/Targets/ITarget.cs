using Assay.Evaluation.Datasets;

namespace Assay.Evaluation.Targets;

/// <summary>What a benchmark asks: a prompt and a model, a service, a process, recorded outputs, or a user's own class.</summary>
public interface ITarget
{
    /// <summary>What it is, for people: <c>handbook_answer@1 on gpt-4.1-mini</c>.</summary>
    string Name { get; }

    /// <summary>A hash over everything that shapes its answers and is known (prompt content, model, parameters, address): a resumed run asks the same one.</summary>
    string Fingerprint { get; }

    /// <summary>Answers one case. Called from many threads at once.</summary>
    /// <param name="asked">The case.</param>
    /// <param name="repeat">Which repeat of it, from 0: repeats are asked anew, each with a seed and a cache entry of its own.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="Assay.Models.Calls.ModelCallException">No answer; the fault decides whether the case counts as an error or the run stops.</exception>
    ValueTask<Answer> AnswerAsync(Case asked, int repeat, CancellationToken cancellationToken);
}
