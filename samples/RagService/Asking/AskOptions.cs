namespace RagService.Asking;

/// <summary>What the service answers from; section <c>RagService</c>.</summary>
internal sealed class AskOptions
{
    public const string Section = "RagService";

    /// <summary>Documents to answer from. The default is the bundled handbook.</summary>
    public string Documents { get; set; } = Path.Combine(AppContext.BaseDirectory, "handbook", "docs");

    /// <summary>Folder of the index; it is made at the first start. The default is <c>out/rag-service</c>.</summary>
    public string DataFolder { get; set; } = Path.Combine("out", "rag-service");

    /// <summary>The longest question, in characters. The default is 2,000.</summary>
    public int MaxQuestionLength { get; set; } = 2_000;

    /// <summary>Answers that are kept for equal questions. The default is 64, fewer than the handbook's questions; 0 keeps none.</summary>
    public int CachedAnswers { get; set; } = 64;
}
