using Assay.Evaluation.Prompts;

namespace Assay.Evaluation.Tests.Prompts;

public sealed class PromptCatalogTests
{
    [Fact]
    public void A_prompt_is_read_with_everything_that_its_file_says()
    {
        using var folder = new PromptFolder().With("answer@1.yaml", PromptFolder.Answer);
        var prompt = folder.Load().Find("answer@1");
        prompt.Id.ShouldBe("answer@1");
        prompt.Description.ShouldBe("Answers.");
        prompt.Language.ShouldBe("en");
        prompt.Temperature.ShouldBe(0);
        prompt.MaxOutputTokens.ShouldBeNull();
        prompt.Inputs.ShouldBe(["input", "contexts"]);
        prompt.System.ShouldBe("Use the passages alone.");
        prompt.User.ShouldBe("{{contexts}}\n\nQuestion: {{ input }}");
        prompt.ContentHash.Length.ShouldBe(64);
    }

    [Fact]
    public void A_name_alone_is_its_newest_version()
    {
        using var folder = new PromptFolder();
        foreach (var version in (int[])[1, 2, 10])
        {
            folder.Write($"answer@{version}.yaml", PromptFolder.Answer.Replace("version: 1", $"version: {version}"));
        }

        folder.Load().Find("answer").Version.ShouldBe(10);
        folder.Load().Find("answer@2").Version.ShouldBe(2);
    }

    [Fact]
    public void What_is_unknown_is_told_with_what_is_known()
    {
        using var folder = new PromptFolder().With("answer@1.yaml", PromptFolder.Answer);
        var catalog = folder.Load();
        Should.Throw<AssayException>(() => catalog.Find("answer@3")).Message.ShouldBe("No prompt 'answer@3'. Known versions of answer: 1.");
        Should.Throw<AssayException>(() => catalog.Find("anser")).Message.ShouldBe("No prompt 'anser'. Known prompts: answer.");
        Should.Throw<AssayException>(() => catalog.Find("answer@x")).Message.ShouldBe("'answer@x' is no prompt.");
        PromptCatalog.Load(Path.Combine(folder.Path, "none")).Prompts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("inputs: [input, contexts]", "inputs: [input]", ":10: 'answer@1' uses the field 'contexts', which is none of its inputs: input.")]
    [InlineData("inputs: [input, contexts]", "inputs: [input, contexts, tone]", ":6: 'answer@1' declares the input 'tone' and never uses it.")]
    [InlineData("{{ input }}", "{{input}} {{in put}}", ":12: 'answer@1' has '{{in put}}', which opens a field and is none.")]
    [InlineData("version: 1", "version: 2", ":1: the file is named 'answer@1.yaml' and holds answer@2.")]
    [InlineData("version: 1", "version: 0", ":1: 'answer' has the version 0.")]
    [InlineData("name: answer", "name: Answer", ":1: 'Answer' is no name of a prompt.")]
    [InlineData("description: Answers.", "language: de", ":3: 'de' is no language of a prompt.")]
    [InlineData("description: Answers.", "sistem: hi", ":3: unknown key 'sistem'. Keys that may stand here: description, inputs, language,")]
    [InlineData("  temperature: 0", "  temperature: 3", ":5: 'temperature: 3' is out of range.")]
    [InlineData("  temperature: 0", "  maxOutputTokens: 0", ":5: 'maxOutputTokens: 0' is out of range.")]
    [InlineData("inputs: [input, contexts]", "inputs: []", ":1: 'answer@1' has no inputs")]
    [InlineData("inputs: [input, contexts]", "inputs: [input, contexts, input]", ":1: 'input' is no input of 'answer@1', or stands twice.")]
    public void A_fault_is_told_with_its_line(string right, string wrong, string told)
    {
        PromptFolder.Answer.ShouldContain(right);
        using var folder = new PromptFolder().With("answer@1.yaml", PromptFolder.Answer.Replace(right, wrong));
        var error = Should.Throw<AssayException>(folder.Load);
        error.Message.ShouldStartWith(Path.Combine(folder.Path, "answer@1.yaml") + told);
        error.ExitCode.ShouldBe(ExitCode.WrongUsage);
    }

    [Fact]
    public void A_version_stands_once()
    {
        using var folder = new PromptFolder().With("answer@1.yaml", PromptFolder.Answer).With("answer@1.yml", PromptFolder.Answer);
        Should.Throw<AssayException>(folder.Load).Message.ShouldContain("answer@1 stands in");
    }

    [Fact]
    public void The_hash_follows_what_a_model_sees_and_nothing_else()
    {
        var hash = HashOf(PromptFolder.Answer);
        HashOf(PromptFolder.Answer.Replace("description: Answers.", "description: Answers briefly.")).ShouldBe(hash);
        HashOf(PromptFolder.Answer.ReplaceLineEndings("\r\n")).ShouldBe(hash);
        HashOf(PromptFolder.Answer.Replace("user: |", "user: |+") + "\n\n").ShouldBe(hash);
        HashOf(PromptFolder.Answer.Replace("passages alone", "passages, alone")).ShouldNotBe(hash);
        HashOf(PromptFolder.Answer.Replace("Question:", "Q:")).ShouldNotBe(hash);
        HashOf(PromptFolder.Answer.Replace("temperature: 0", "temperature: 0.5")).ShouldNotBe(hash);
        HashOf(PromptFolder.Answer.Replace("temperature: 0", "topP: 0.5")).ShouldNotBe(hash);
        HashOf(PromptFolder.Answer.Replace("version: 1", "version: 1\nmodel: m")).ShouldNotBe(hash);
        HashOf(PromptFolder.Answer.Replace("version: 1", "version: 1\nlanguage: ru")).ShouldNotBe(hash);
    }

    [Fact]
    public void A_blessed_prompt_that_changed_is_refused_and_a_new_version_is_asked_for()
    {
        using var folder = new PromptFolder().With("answer@1.yaml", PromptFolder.Answer);
        var catalog = folder.Load();
        BlessedPrompts.Add(catalog, catalog.Find("answer"), new DateOnly(2026, 1, 31), "anna");
        folder
            .Load()
            .BlessingOf(folder.Load().Find("answer"))
            .ShouldBe(new PromptBlessing("answer@1", catalog.Find("answer").ContentHash, new DateOnly(2026, 1, 31), "anna"));

        folder.Write("answer@1.yaml", PromptFolder.Answer.Replace("Question", "Ask"));
        var error = Should.Throw<AssayException>(folder.Load);
        error.Message.ShouldEndWith("answer@1 was blessed on 2026-01-31 by anna, and was changed since.");
        error.Fix.ShouldContain("make a new version of it: answer@2.yaml");

        File.Delete(Path.Combine(folder.Path, "answer@1.yaml"));
        Should.Throw<AssayException>(folder.Load).Message.ShouldContain("its file is gone");
    }

    [Fact]
    public void A_blessing_is_kept_when_it_is_given_again()
    {
        using var folder = new PromptFolder()
            .With("answer@1.yaml", PromptFolder.Answer)
            .With("answer@2.yaml", PromptFolder.Answer.Replace("version: 1", "version: 2"));
        BlessedPrompts.Add(folder.Load(), folder.Load().Find("answer@2"), new DateOnly(2026, 1, 31), "anna");
        BlessedPrompts.Add(folder.Load(), folder.Load().Find("answer@1"), new DateOnly(2026, 2, 1), "Борис");
        BlessedPrompts.Add(folder.Load(), folder.Load().Find("answer@2"), new DateOnly(2026, 3, 1), "carl").By.ShouldBe("anna");
        var catalog = folder.Load();
        catalog.Prompts.Select(prompt => catalog.BlessingOf(prompt)!.By).ShouldBe(["Борис", "anna"]);
    }

    [Fact]
    public void A_blessing_that_is_not_complete_is_told_with_its_line()
    {
        using var folder = new PromptFolder()
            .With("answer@1.yaml", PromptFolder.Answer)
            .With("blessed.json", "{\n  \"answer@1\": {\"hash\": \"12\", \"date\": \"2026-01-31\", \"by\": \"anna\"}\n}");
        Should.Throw<AssayException>(folder.Load).Message.ShouldContain("blessed.json:2: the blessing of 'answer@1' is not complete.");
    }

    [Fact]
    public void A_case_fills_a_prompt()
    {
        using var folder = new PromptFolder().With("answer@1.yaml", PromptFolder.Answer);
        var prompt = folder.Load().Find("answer");
        var messages = prompt.Render(PromptFields.Of(new Case("1", "Why {{contexts}}?") { Contexts = ["One.", "Two."] }));
        messages.Select(message => message.Text).ShouldBe(["Use the passages alone.", "[1] One.\n\n[2] Two.\n\nQuestion: Why {{contexts}}?"]);
        Should.Throw<AssayException>(() => prompt.Render(PromptFields.Of(new Case("2", "Why?")))).Message.ShouldContain("needs the field 'contexts'");
    }

    private static string HashOf(string text)
    {
        using var folder = new PromptFolder().With("answer@1.yaml", text);
        return folder.Load().Find("answer").ContentHash;
    }
}
