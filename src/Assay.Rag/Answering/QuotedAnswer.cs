using Assay.Models.Offline;

namespace Assay.Rag.Answering;

/// <summary>An answer made of quoted sentences.</summary>
/// <param name="Model">What chose the sentences: <see cref="ExtractiveAnswerer.Name"/>.</param>
/// <param name="Sentences">The sentences, each with the number of its citation; none where the documents hold no answer.</param>
/// <param name="Citations">The cited passages by number.</param>
public sealed record QuotedAnswer(string Model, IReadOnlyList<Sentence> Sentences, IReadOnlyDictionary<int, FoundPassage> Citations);
