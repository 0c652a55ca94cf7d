using System.Security.Cryptography;
using System.Text;
using Assay.Evaluation.Datasets;

namespace Assay.Evaluation.Drafting;

/// <summary>Somebody's questions as cases.</summary>
/// <param name="Cases">The cases in the order of the file; at most <see cref="MaxCases"/>.</param>
/// <param name="Repeated">Rows that were left out because an earlier one is the same.</param>
/// <param name="Empty">Rows that were left out because they have no question.</param>
/// <param name="Columns">What each column was taken for.</param>
internal sealed record QuestionList(IReadOnlyList<Case> Cases, int Repeated, int Empty, IReadOnlyList<ColumnMeaning> Columns)
{
    /// <summary>Questions of one file; a larger dataset is made by a program, which writes JSON lines itself.</summary>
    public const int MaxCases = 100_000;

    /// <summary>Digits of a made id: 48 bits, two of 100,000 share one by chance once in 56,000 files, and then it is an error that names both lines.</summary>
    private const int IdDigits = 12;

    /// <summary>Reads a CSV file with any of the names that <see cref="QuestionColumns"/> knows.</summary>
    /// <exception cref="AssayException">The file or a row is wrong (exit code 2); the message names file and line.</exception>
    public static QuestionList Read(string path, IReadOnlyDictionary<string, string> chosen)
    {
        using var rows = new CsvRows(path, "Put the names of the columns on the first line: question,answer.");
        var columns = QuestionColumns.Of(rows.Header, chosen, (problem, fix) => rows.Fault(1, problem, fix));
        var seen = new Dictionary<string, (Case Case, int Line)>(StringComparer.Ordinal);
        var (repeated, empty) = (0, 0);
        foreach (var (cells, line) in rows.Read())
        {
            if (Row(columns, cells, (problem, fix) => rows.Fault(line, problem, fix)) is not { } found)
            {
                empty++;
            }
            else if (!seen.TryAdd(found.Id, (found, line)))
            {
                repeated +=
                    CaseFingerprint.Of(seen[found.Id].Case) == CaseFingerprint.Of(found)
                        ? 1
                        : throw Twice(rows, line, found, seen[found.Id].Line, columns.Has("id"));
            }
            else if (seen.Count > MaxCases)
            {
                throw rows.Fault(line, $"The file has more than {MaxCases:#,0} questions.", "Write the dataset as JSON lines with a program of your own.");
            }
        }

        return seen.Count > 0
            ? new QuestionList([.. seen.Values.Select(s => s.Case)], repeated, empty, [.. rows.Header.Select((name, i) => new ColumnMeaning(name, columns[i]))])
            : throw rows.Fault(1, "There is no question below the header line.", "Write one question a row.");
    }

    private static Case? Row(QuestionColumns columns, string[] cells, Func<string, string, AssayException> fault)
    {
        var read = new CaseLine();
        for (var i = 0; i < cells.Length; i++)
        {
            Take(read, columns[i], cells[i].Trim());
        }

        if (read.Input is null)
        {
            return null;
        }

        read.Id ??= MadeId(read);
        // Questions to one document are not independent.
        read.Cluster ??= read.Relevant?.Count == 1 ? read.Relevant.Keys.First() : null;
        return read.ToCase(fault);
    }

    private static void Take(CaseLine read, string part, string cell)
    {
        if (part is not ['f', 'i', 'e', 'l', 'd', 's', '.', .. var field])
        {
            CsvCases.Take(read, part, cell);
        }
        else if (cell.Length > 0)
        {
            (read.Fields ??= new(StringComparer.Ordinal))[field] = cell;
        }
    }

    // Over what is asked and given, not over the answer: a corrected answer is the same case.
    private static string MadeId(CaseLine read)
    {
        var content = string.Join('\u001F', (string[])[read.Input!, .. read.Contexts ?? []]).ReplaceLineEndings("\n");
        return "q-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..IdDigits];
    }

    private static AssayException Twice(CsvRows rows, int line, Case found, int first, bool hasIds) =>
        rows.Fault(
            line,
            hasIds
                ? $"The id '{found.Id}' stands on line {first} too, with another content."
                : $"The question stands on line {first} too, with another answer.",
            hasIds ? "Give every case an id of its own." : "Keep the right one, or add a column 'id' if both are meant."
        );
}

/// <summary>What a column was taken for.</summary>
/// <param name="Column">Its name in the file.</param>
/// <param name="Part">The part of a case: <c>input</c>, <c>expected</c>, <c>fields.NAME</c>.</param>
internal sealed record ColumnMeaning(string Column, string Part);
