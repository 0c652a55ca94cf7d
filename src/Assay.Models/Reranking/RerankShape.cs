namespace Assay.Models.Reranking;

/// <summary>How a reranker is asked; what it answers is told apart by itself.</summary>
public enum RerankShape
{
    /// <summary><c>{"query","texts"}</c>: Hugging Face text-embeddings-inference, <c>POST /rerank</c>.</summary>
    Tei,

    /// <summary><c>{"model","query","documents","top_n"}</c>: Cohere <c>/v1/rerank</c> and <c>/v2/rerank</c>, Jina <c>/v1/rerank</c>, vLLM and others that copy them.</summary>
    CohereJina,
}
