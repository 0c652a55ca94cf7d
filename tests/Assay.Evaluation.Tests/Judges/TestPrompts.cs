using Assay.Evaluation.Judges;
using Assay.Evaluation.Prompts;

namespace Assay.Evaluation.Tests.Judges;

internal static class TestPrompts
{
    public static Prompt Rubric(string language = "en", string hash = "h1") =>
        new($"rubric_{language}", 1, hash)
        {
            Language = language,
            Inputs = ["input", "answer", "expected", "contexts", "scale"],
            System = "Grade. {{scale}}",
            User = "Q {{input}} R {{expected}} P {{contexts}} A {{answer}}",
            Temperature = 0,
        };

    public static Prompt Pair(string language = "en") =>
        new($"pair_{language}", 1, "h2")
        {
            Language = language,
            Inputs = ["input", "first", "second"],
            User = "Q {{input}} 1 {{first}} 2 {{second}}",
        };

    public static JudgeQuestion Question(string language = "en") => new("Why?", "Because.", "Since.", [], language);

    public static PairQuestion Pairs(string a = "yes", string b = "no") => new("Why?", a, b, null, [], "en");
}
