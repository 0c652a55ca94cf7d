using Assay.Evaluation.Datasets;

namespace Assay.Evaluation.Drafting;

/// <summary>The text of the first version of an answering prompt.</summary>
internal static class PromptDraft
{
    public static string Of(string name, IReadOnlyList<Case> cases)
    {
        // A field that one case lacks cannot be asked for.
        var withPassages = cases.All(c => c.Contexts.Count > 0);
        return (AnswerShapes.AreRussian(cases) ? Russian(name, withPassages) : English(name, withPassages)).ReplaceLineEndings("\n");
    }

    private static string English(string name, bool withPassages) =>
        $$$"""
            name: {{{name}}}_answer
            version: 1
            description: Answers the questions of the benchmark {{{name}}}.
            language: en
            parameters:
              temperature: 0
              maxOutputTokens: 400
            inputs: [{{{(withPassages ? "input, contexts" : "input")}}}]
            system: |
              {{{(
                withPassages
                    ? "Answer from the numbered passages and from nothing else; when they do not answer the question, say so."
                    : "Answer the question; when you do not know, say so."
            )}}}
              At most four sentences, in the language of the question.
            user: |
              {{{(withPassages ? "Passages:\n\n  {{contexts}}\n\n  Question: {{input}}" : "{{input}}")}}}

            """;

    private static string Russian(string name, bool withPassages) =>
        $$$"""
            name: {{{name}}}_answer
            version: 1
            description: Отвечает на вопросы бенчмарка {{{name}}}.
            language: ru
            parameters:
              temperature: 0
              maxOutputTokens: 400
            inputs: [{{{(withPassages ? "input, contexts" : "input")}}}]
            system: |
              {{{(
                withPassages
                    ? "Отвечай только по пронумерованным фрагментам; если ответа в них нет, так и скажи."
                    : "Ответь на вопрос; если не знаешь, так и скажи."
            )}}}
              Не больше четырёх предложений, на языке вопроса.
            user: |
              {{{(withPassages ? "Фрагменты:\n\n  {{contexts}}\n\n  Вопрос: {{input}}" : "{{input}}")}}}

            """;
}
