namespace Assay.Evaluation.Tests.Prompts;

/// <summary>A folder of prompt files that a test writes.</summary>
internal sealed class PromptFolder : IDisposable
{
    public const string Answer = """
        name: answer
        version: 1
        description: Answers.
        parameters:
          temperature: 0
        inputs: [input, contexts]
        system: |
          Use the passages alone.
        user: |
          {{contexts}}

          Question: {{ input }}
        """;

    public string Path { get; } = Directory.CreateTempSubdirectory("assay-prompts-").FullName;

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    public PromptFolder With(string name, string text)
    {
        Write(name, text);
        return this;
    }

    public Assay.Evaluation.Prompts.PromptCatalog Load() => Assay.Evaluation.Prompts.PromptCatalog.Load(Path);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
