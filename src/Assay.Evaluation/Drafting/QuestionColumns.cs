using System.Collections.Frozen;

namespace Assay.Evaluation.Drafting;

/// <summary>What the columns of somebody's list of questions mean, by the names that people give them in English and Russian.</summary>
internal sealed class QuestionColumns
{
    private static readonly FrozenDictionary<string, string> Known = Names(
        ("id", "id,case id,question id,number,no,№,ид,идентификатор,номер"),
        ("input", "input,question,questions,query,request,prompt,user question,user input,q,вопрос,вопросы,запрос,вход,вопрос пользователя"),
        (
            "expected",
            "expected,expected answer,expected output,answer,answers,reference,reference answer,ground truth,gold,gold answer,ideal,correct answer,output,a,"
                + "ответ,ответы,эталон,эталонный ответ,правильный ответ,ожидаемый ответ,верный ответ,выход"
        ),
        ("contexts", "contexts,context,passage,passages,retrieved contexts,reference contexts,контекст,контексты,фрагмент,фрагменты,отрывок,отрывки"),
        ("relevant", "relevant,relevant ids,document,documents,doc,docs,document id,doc id,source,sources,документ,документы,источник,источники,ссылка,ссылки"),
        ("cluster", "cluster,group,кластер,группа"),
        ("tags", "tags,tag,label,labels,category,topic,section,тег,теги,тэг,тэги,метка,метки,категория,тема,раздел")
    );

    private readonly IReadOnlyList<string> parts;

    private QuestionColumns(IReadOnlyList<string> parts) => this.parts = parts;

    /// <summary>How many columns.</summary>
    public int Count => parts.Count;

    /// <summary>The part of a case that a column fills: <c>input</c>, or <c>fields.NAME</c> for a column that is none of the known ones.</summary>
    public string this[int column] => parts[column];

    public bool Has(string part) => parts.Contains(part);

    /// <summary>Recognises the columns of a header line.</summary>
    /// <param name="header">The names as they stand in the file.</param>
    /// <param name="chosen">What the user said: column by part; wins over what is recognised.</param>
    /// <param name="fault">Makes the error.</param>
    public static QuestionColumns Of(IReadOnlyList<string> header, IReadOnlyDictionary<string, string> chosen, Func<string, string, AssayException> fault)
    {
        foreach (var (part, column) in chosen.Where(c => !header.Contains(c.Value)))
        {
            throw fault($"There is no column '{column}' for {part}.", $"Columns of this file: {string.Join(", ", header)}.");
        }

        if (chosen.GroupBy(c => c.Value, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } shared)
        {
            var options = string.Join(" and ", shared.Select(c => "--" + Option(c.Key)));
            throw fault($"Column '{shared.Key}' is named by {options}.", "A column fills one part of a case: name another for one of them, or leave it out.");
        }

        var taken = chosen.ToDictionary(c => c.Value, c => c.Key, StringComparer.Ordinal);
        List<string> parts = [.. header.Select(name => taken.TryGetValue(name, out var part) ? part : Recognise(name, chosen))];
        if (parts.GroupBy(p => p).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
        {
            var names = string.Join(" and ", header.Where((_, i) => parts[i] == twice.Key).Select(n => $"'{n}'"));
            throw fault(
                $"Columns {names} both look like {Meaning(twice.Key)}.",
                $"Rename one of them, or say which it is: --{Option(twice.Key)} '{header[parts.IndexOf(twice.Key)]}'."
            );
        }

        return parts.Contains("input")
            ? new QuestionColumns(parts)
            : throw fault(
                $"No column looks like the question. Columns: {string.Join(", ", header)}.",
                "Call it 'question' or 'вопрос', or say which it is: --question COLUMN."
            );
    }

    /// <summary>The option of the command that names a column for a part.</summary>
    public static string Option(string part) =>
        part switch
        {
            "input" => "question",
            "expected" => "answer",
            _ => part,
        };

    private static string Recognise(string name, IReadOnlyDictionary<string, string> chosen) =>
        Known.TryGetValue(Plain(name), out var part) && !chosen.ContainsKey(part) ? part : "fields." + name;

    private static string Meaning(string part) =>
        part.StartsWith("fields.", StringComparison.Ordinal) ? "one field"
        : part == "input" ? "the question"
        : part;

    private static string Plain(string name) =>
        string.Join(' ', name.ToLowerInvariant().Replace('ё', 'е').Split([' ', '_', '-', '.', ':'], StringSplitOptions.RemoveEmptyEntries));

    private static FrozenDictionary<string, string> Names(params (string Part, string Names)[] lists) =>
        lists.SelectMany(list => list.Names.Split(',').Select(name => (Name: name, list.Part))).ToFrozenDictionary(n => n.Name, n => n.Part);
}
