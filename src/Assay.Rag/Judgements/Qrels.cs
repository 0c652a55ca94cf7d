namespace Assay.Rag.Judgements;

/// <summary>Relevance judgements: for each query the graded documents. A grade above 0 is relevant, below 0 takes the document out of the ranking when asked to.</summary>
internal sealed class Qrels
{
    private readonly Dictionary<string, Dictionary<string, int>> grades = [];

    public IReadOnlyDictionary<string, Dictionary<string, int>> ByQuery => grades;

    /// <summary>Reads <c>query-id TAB corpus-id TAB score</c> with one header line.</summary>
    /// <exception cref="AssayException">The file is missing or a line is not a judgement (exit code 2, file and line named).</exception>
    public static Qrels Read(string path)
    {
        var qrels = new Qrels();
        var number = 0;
        foreach (var line in InputFile.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || (number == 1 && !char.IsAsciiDigit(line[^1])))
            {
                continue;
            }

            var parts = line.Split('\t');
            if (parts.Length != 3 || !double.TryParse(parts[2], System.Globalization.CultureInfo.InvariantCulture, out var grade))
            {
                throw AssayException.Usage($"{path}:{number}: not a judgement: '{line}'.", "Each line after the header is: query-id TAB corpus-id TAB score.");
            }

            qrels.Add(parts[0], parts[1], (int)grade);
        }

        return qrels.grades.Count > 0
            ? qrels
            : throw AssayException.Usage($"{path} holds no judgements.", "Each line after the header is: query-id TAB corpus-id TAB score.");
    }

    public void Add(string query, string document, int grade)
    {
        if (!grades.TryGetValue(query, out var documents))
        {
            grades[query] = documents = [];
        }

        documents[document] = grade;
    }
}
