using System.Globalization;
using System.Text.RegularExpressions;
using Assay.Catalogs;

namespace Assay.Evaluation.Prompts;

/// <summary>From what a file says to a prompt: every rule of a prompt file, each with its own error and line.</summary>
internal static partial class PromptReading
{
    // What a model takes at most, by the OpenAI API reference for temperature.
    private const float MaxTemperature = 2;

    /// <summary>Reads the prompt of a file.</summary>
    public static Prompt Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= CatalogFile.MaxBytes
                ? Parse(File.ReadAllText(path), path)
                : throw AssayException.Usage($"'{path}' is larger than 4 MiB.", "A prompt is written by people: check whether this is one.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Usage($"Cannot read '{path}': {e.Message}", "Check the path and its permissions.", e);
        }
    }

    /// <summary>Reads the prompt of a text; <paramref name="path"/> names the prompt, and the place in errors.</summary>
    public static Prompt Parse(string text, string path)
    {
        var documents = CatalogFile.Parse<PromptFile>(text, path);
        if (documents is not [var file])
        {
            throw new CatalogPlace(path, 1).Error(
                $"a prompt file holds one prompt, and this one holds {documents.Count}.",
                "Give each version a file of its own."
            );
        }

        DemandName(file, path, text);
        DemandParameters(file);
        var inputs = Inputs(file);
        var (system, user) = (Text(file.System), Text(file.User));
        DemandTemplates(file, inputs, system + "\n" + user, text);
        var prompt = new Prompt(file.Name, file.Version, "")
        {
            Description = file.Description.Trim(),
            Language = file.Language,
            Model = file.Model,
            Inputs = inputs,
            System = system,
            User = user,
            Temperature = file.Parameters?.Temperature,
            TopP = file.Parameters?.TopP,
            MaxOutputTokens = file.Parameters?.MaxOutputTokens,
            Path = path,
        };
        return prompt with { ContentHash = PromptHash.Of(prompt) };
    }

    /// <summary>Blank lines around a text are the file's layout: <c>|</c> and <c>|-</c> say the same.</summary>
    private static string Text(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim('\n', ' ');

    private static void DemandName(PromptFile file, string path, string text)
    {
        if (!Identifier().IsMatch(file.Name))
        {
            throw file.Place.Error($"'{file.Name}' is no name of a prompt.", "Give 'name:' of 1 to 64 characters: a-z, 0-9 and _, a letter first.");
        }

        if (file.Version < 1)
        {
            throw file.Place.Error($"'{file.Name}' has the version {file.Version}.", "Versions are whole numbers from 1: 'version: 1'.");
        }

        var meant = string.Create(CultureInfo.InvariantCulture, $"{file.Name}@{file.Version}");
        if (Path.GetFileNameWithoutExtension(path) != meant)
        {
            throw file.Place.Error(
                $"the file is named '{Path.GetFileName(path)}' and holds {meant}.",
                $"Name it {meant}.yaml, or mend 'name:' and 'version:'."
            );
        }

        if (file.Language is not ("en" or "ru"))
        {
            throw At(text, LanguageKey(), file.Place).Error($"'{file.Language}' is no language of a prompt.", "Write 'language: en' or 'language: ru'.");
        }
    }

    private static void DemandParameters(PromptFile file)
    {
        if (file.Parameters is not { } parameters)
        {
            return;
        }

        if (parameters.Temperature is not (null or (>= 0 and <= MaxTemperature)))
        {
            throw parameters.Place.Error(
                $"'temperature: {Plain(parameters.Temperature)}' is out of range.",
                "Give 0 to 2, or leave it out for the model's own."
            );
        }

        if (parameters.TopP is not (null or (> 0 and <= 1)))
        {
            throw parameters.Place.Error($"'topP: {Plain(parameters.TopP)}' is out of range.", "Give a share above 0 and at most 1, or leave it out.");
        }

        if (parameters.MaxOutputTokens is < 1)
        {
            throw parameters.Place.Error($"'maxOutputTokens: {parameters.MaxOutputTokens}' is out of range.", "Give 1 or more, or leave it out.");
        }
    }

    private static List<string> Inputs(PromptFile file)
    {
        var inputs = new List<string>();
        foreach (var input in file.Inputs ?? [])
        {
            if (input is null || !Identifier().IsMatch(input) || inputs.Contains(input))
            {
                throw file.Place.Error(
                    $"'{input}' is no input of '{file.Name}@{file.Version}', or stands twice.",
                    "List each field once: 'inputs: [input, contexts]'."
                );
            }

            inputs.Add(input);
        }

        return inputs.Count > 0
            ? inputs
            : throw file.Place.Error(
                $"'{file.Name}@{file.Version}' has no inputs: it would ask the same of every case.",
                "List its fields: 'inputs: [input]'."
            );
    }

    private static void DemandTemplates(PromptFile file, List<string> inputs, string templates, string text)
    {
        var id = $"{file.Name}@{file.Version}";
        if (Text(file.User).Length == 0)
        {
            throw file.Place.Error($"'{id}' says nothing to the model.", "Write its message under 'user: |'.");
        }

        var used = PromptTemplate.Fields(templates).ToHashSet();
        if (used.FirstOrDefault(field => !inputs.Contains(field)) is { } unknown)
        {
            throw At(text, PlaceOf(unknown), file.Place)
                .Error(
                    $"'{id}' uses the field '{unknown}', which is none of its inputs: {string.Join(", ", inputs)}.",
                    "Add it to 'inputs:', or mend the text."
                );
        }

        if (inputs.Find(input => !used.Contains(input)) is { } unused)
        {
            throw At(text, InputLine(unused), file.Place)
                .Error($"'{id}' declares the input '{unused}' and never uses it.", $"Write {{{{{unused}}}}} where it belongs, or take it out of 'inputs:'.");
        }

        if (PromptTemplate.Broken(templates) is { } broken)
        {
            throw At(text, new Regex(Regex.Escape(broken), RegexOptions.None, Limit), file.Place)
                .Error($"'{id}' has '{broken}', which opens a field and is none.", "Write fields as {{name}}, with letters, digits and _.");
        }
    }

    /// <summary>The first line that a pattern finds; the prompt's own place when none.</summary>
    private static CatalogPlace At(string text, Regex pattern, CatalogPlace otherwise)
    {
        var line = text.Split('\n').Index().Where(l => pattern.IsMatch(l.Item)).Select(l => l.Index + 1).FirstOrDefault();
        return line > 0 ? otherwise with { Line = line } : otherwise;
    }

    private static TimeSpan Limit => TimeSpan.FromSeconds(1);

    private static string Plain(float? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static Regex PlaceOf(string field) => new($@"\{{\{{\s*{Regex.Escape(field)}\s*\}}\}}", RegexOptions.None, Limit);

    private static Regex InputLine(string input) =>
        new($@"^\s*(inputs:.*\b{Regex.Escape(input)}\b|-\s*[""']?{Regex.Escape(input)}[""']?\s*$)", RegexOptions.None, Limit);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,63}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Identifier();

    [GeneratedRegex("^language:", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LanguageKey();
}
