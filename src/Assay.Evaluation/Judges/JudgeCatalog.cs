using Assay.Catalogs;
using Assay.Evaluation.Prompts;
using Microsoft.Extensions.AI;

namespace Assay.Evaluation.Judges;

/// <summary>The judges of a folder. <c>offline/overlap</c> is always among them. Never changes after it was read.</summary>
public sealed class JudgeCatalog
{
    /// <summary>The folder of judges in a catalog.</summary>
    public const string FolderName = "judges";

    private readonly string folder;
    private readonly PromptCatalog prompts;
    private readonly Dictionary<string, JudgeDefinition> byName;

    private JudgeCatalog(string folder, PromptCatalog prompts, Dictionary<string, JudgeDefinition> byName) =>
        (this.folder, this.prompts, this.byName) = (folder, prompts, byName);

    /// <summary>Every judge, by name.</summary>
    public IEnumerable<JudgeDefinition> Judges => byName.Values.OrderBy(judge => judge.Name, StringComparer.Ordinal);

    /// <summary>Reads every judge of a folder and the folders in it; a folder that is missing leaves the offline judge alone.</summary>
    /// <param name="folder"><c>catalog/judges</c>.</param>
    /// <param name="prompts">The prompts that they refer to.</param>
    /// <exception cref="AssayException">
    /// A file is wrong: an unknown key, a prompt or member that is not there, a name that stands twice, a panel of panels (exit code 2). The message names file and line.
    /// </exception>
    public static JudgeCatalog Load(string folder, PromptCatalog prompts)
    {
        var byName = new Dictionary<string, JudgeDefinition>(StringComparer.Ordinal);
        foreach (var judge in CatalogFile.In(folder).SelectMany(CatalogFile.Read<JudgeFile>).Select(JudgeReading.Read))
        {
            if (!byName.TryAdd(judge.Name, judge))
            {
                throw judge.Place.Error($"'{judge.Name}' stands at {byName[judge.Name].Place} already.", "Keep one of the two.");
            }
        }

        byName.TryAdd(OfflineJudge.OverlapName, new JudgeDefinition(OfflineJudge.OverlapName, JudgeKind.Offline));
        var catalog = new JudgeCatalog(folder, prompts, byName);
        foreach (var judge in byName.Values)
        {
            catalog.DemandParts(judge);
        }

        return catalog;
    }

    /// <summary>What a file says of a judge.</summary>
    /// <exception cref="AssayException">There is none of that name (exit code 2).</exception>
    public JudgeDefinition Find(string name) =>
        byName.GetValueOrDefault(name)
        ?? throw AssayException.Usage(
            $"No judge '{name}'. Known judges: {string.Join(", ", Judges.Select(judge => judge.Name))}.",
            $"Mend the name, or write it in {folder}; docs/reference/en/judges.md shows how."
        );

    /// <summary>A judge of single answers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="clients">Makes the client of a judge that asks a model, and names the model: called once for the judge, or for each member of a panel.</param>
    /// <exception cref="AssayException">There is none of that name, or it compares pairs (exit code 2).</exception>
    public IJudge Create(string name, Func<JudgeDefinition, JudgeModel> clients)
    {
        var judge = Find(name);
        switch (judge.Kind)
        {
            case JudgeKind.Offline:
                return new OfflineJudge();
            case JudgeKind.Panel:
                return new PanelJudge(judge.Name, [.. judge.Members.Select(member => Create(member, clients))], judge.Rule, judge.Threshold);
            case JudgeKind.Rubric:
                var model = clients(judge);
                return new RubricJudge(judge.Name, Prompts(judge), judge.Scale, model.Client, model.Model, judge.Output);
            default:
                throw AssayException.Usage($"The judge '{name}' compares pairs and scores no single answer.", "Name a judge of kind rubric, panel or offline.");
        }
    }

    /// <summary>A judge of pairs; one of single answers compares by its scores.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="clients">As in <see cref="Create"/>.</param>
    /// <exception cref="AssayException">There is none of that name (exit code 2).</exception>
    public IPairwiseJudge CreatePairwise(string name, Func<JudgeDefinition, JudgeModel> clients)
    {
        var judge = Find(name);
        if (judge.Kind == JudgeKind.Pairwise)
        {
            var model = clients(judge);
            return new PairwiseJudge(judge.Name, Prompts(judge), model.Client, model.Model, judge.Output);
        }

        return judge.Kind == JudgeKind.Offline ? new OfflineJudge() : new ScoredPairs(Create(name, clients));
    }

    private IReadOnlyList<Prompt> Prompts(JudgeDefinition judge) => [.. judge.Prompts.Select(prompts.Find)];

    private void DemandParts(JudgeDefinition judge)
    {
        foreach (var reference in judge.Prompts)
        {
            DemandPrompt(judge, reference);
        }

        foreach (var member in judge.Members)
        {
            if (!byName.TryGetValue(member, out var found) || found.Kind is JudgeKind.Panel or JudgeKind.Pairwise)
            {
                throw judge.Place.Error($"'{member}', a member of '{judge.Name}', is no judge of single answers.", "Name judges of kind rubric or offline.");
            }
        }
    }

    private void DemandPrompt(JudgeDefinition judge, string reference)
    {
        Prompt prompt;
        try
        {
            prompt = prompts.Find(reference);
        }
        catch (AssayException e)
        {
            throw judge.Place.Error($"'{judge.Name}': {e.Message}", e.Fix);
        }

        string[] known =
            judge.Kind == JudgeKind.Rubric ? ["input", "expected", "contexts", "answer", "scale"] : ["input", "expected", "contexts", "first", "second"];
        string[] needed = judge.Kind == JudgeKind.Rubric ? ["answer"] : ["first", "second"];
        if (prompt.Inputs.FirstOrDefault(input => !known.Contains(input)) is { } unknown)
        {
            throw judge.Place.Error($"'{judge.Name}' has no field '{unknown}', which {prompt.Id} needs.", $"Its fields are {string.Join(", ", known)}.");
        }

        if (needed.FirstOrDefault(field => !prompt.Inputs.Contains(field)) is { } missing)
        {
            throw judge.Place.Error($"{prompt.Id} of '{judge.Name}' never shows the field '{missing}'.", "Name a prompt written for this kind of judge.");
        }
    }
}

/// <summary>The model that a judge asks.</summary>
/// <param name="Client">The client.</param>
/// <param name="Model">The model's name: part of the judge's fingerprint.</param>
public sealed record JudgeModel(IChatClient Client, string Model);
