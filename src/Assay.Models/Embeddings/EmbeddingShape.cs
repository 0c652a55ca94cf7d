namespace Assay.Models.Embeddings;

/// <summary>How an endpoint is asked for vectors.</summary>
public enum EmbeddingShape
{
    /// <summary><c>POST …/embeddings</c>, as OpenAI documents it and most servers copy it.</summary>
    OpenAi,

    /// <summary><c>POST …/embed</c> of Hugging Face text-embeddings-inference.</summary>
    Tei,
}
