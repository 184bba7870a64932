// Made of tests/fixtures/fake-*.md by the test `fake` of the crate render. Do not edit by hand.

export const ANSWER_REASONING: readonly string[] = [
  `<p dir="auto">The user wants the idea, a formula and a helper. Full jitter is the variant to show; decorrelated jitter can be a remark.</p>`,
  `<p dir="auto">Watch out: the last error must be returned, and the exponent must saturate.</p>`,
];

export const ANSWER: readonly string[] = [
  `<h3 dir="auto">The idea</h3>`,
  `<p dir="auto">When a service falls over, every client fails at the same moment. If they all wait the same time, they all come back at the same moment too. <strong>Full jitter</strong> spreads them out: each waits a random time between nothing and a ceiling that doubles.</p>`,
  `<p dir="auto"><span class="math math-block" data-tex="t_n = \\mathrm{random}(0,\\, \\min(\\mathrm{cap},\\, \\mathrm{base} \\cdot 2^n))"><math display="block"><msub><mi>t</mi><mi>n</mi></msub><mo>=</mo><mrow><mspace></mspace><mi>random</mi></mrow><mo stretchy="false">(</mo><mn>0</mn><mo>,</mo><mspace width="0.16666667em"></mspace><mo lspace="0" rspace="0">min</mo><mo stretchy="false">(</mo><mrow><mspace></mspace><mi>cap</mi></mrow><mo>,</mo><mspace width="0.16666667em"></mspace><mrow><mspace></mspace><mi>base</mi></mrow><mo lspace="0.2222em" rspace="0.2222em">⋅</mo><msup><mn>2</mn><mi>n</mi></msup><mo stretchy="false">)</mo><mo stretchy="false">)</mo></math><button type="button" class="btn btn-quiet" data-act="copy-tex">Copy LaTeX</button></span></p>`,
  `<p dir="auto">With a thousand clients retrying after one outage:</p>`,
  `<div class="prose-table" role="region" aria-label="Table" tabindex="0"><table class="table"><thead><tr><th dir="auto">Strategy</th><th dir="auto" class="r">Calls at peak</th><th dir="auto" class="r">Time to drain</th><th dir="auto">Good when</th></tr></thead><tbody><tr><td dir="auto">Fixed 1 s</td><td dir="auto" class="r">1,000 / s</td><td dir="auto" class="r">never</td><td dir="auto">You are alone</td></tr><tr><td dir="auto">Exponential</td><td dir="auto" class="r">1,000 in bursts</td><td dir="auto" class="r">61 s</td><td dir="auto">Failures are independent</td></tr><tr><td dir="auto">Full jitter</td><td dir="auto" class="r">42 / s</td><td dir="auto" class="r">23 s</td><td dir="auto">Many clients fail together</td></tr></tbody></table></div>`,
  `<h3 dir="auto">A small helper</h3>`,
  `<figure class="code" aria-label="Rust code"><figcaption class="code-head"><span>rust</span><span class="mono clip">retry.rs</span><span class="push"></span><button type="button" class="btn btn-quiet" data-act="fold-code">Collapse</button><button type="button" class="btn btn-quiet" data-act="number-lines">Line numbers</button><button type="button" class="btn btn-quiet" data-act="wrap-lines">Wrap lines</button><button type="button" class="btn btn-quiet" data-act="copy-code">Copy code</button></figcaption><pre tabindex="0"><code><span class="line"><span class="k">use</span> std::time::<span class="t">Duration</span>;
</span><span class="line"><span class="k">use</span> rand::<span class="t">Rng</span>;
</span><span class="line">
</span><span class="line"><span class="c">/// Sleeps a random time up to base · 2ⁿ, never longer than cap.</span>
</span><span class="line"><span class="k">pub async fn</span> <span class="f">retry</span>&lt;T, E, F, <span class="t">Fut</span>&gt;(<span class="k">mut</span> op: F, max: <span class="t">u32</span>) -&gt; <span class="t">Result</span>&lt;T, E&gt;
</span><span class="line"><span class="k">where</span>
</span><span class="line">    F: <span class="t">FnMut</span>() -&gt; <span class="t">Fut</span>,
</span><span class="line">    <span class="t">Fut</span>: <span class="t">Future</span>&lt;<span class="t">Output</span> = <span class="t">Result</span>&lt;T, E&gt;&gt;,
</span><span class="line">{
</span><span class="line">    <span class="k">let</span> (base, cap) = (<span class="t">Duration</span>::<span class="f">from_millis</span>(<span class="n">200</span>), <span class="t">Duration</span>::<span class="f">from_secs</span>(<span class="n">20</span>));
</span><span class="line">    <span class="k">for</span> n <span class="k">in</span> <span class="n">0</span>.. {
</span><span class="line">        <span class="k">match</span> <span class="f">op</span>().<span class="k">await</span> {
</span><span class="line">            <span class="t">Err</span>(_) <span class="k">if</span> n &lt; max =&gt; {
</span><span class="line">                <span class="k">let</span> ceiling = cap.<span class="f">min</span>(base * <span class="n">2_u32</span>.<span class="f">saturating_pow</span>(n));
</span><span class="line">                <span class="k">let</span> wait = rand::<span class="f">rng</span>().<span class="f">random_range</span>(<span class="t">Duration</span>::<span class="n">ZERO</span>..=ceiling);
</span><span class="line">                tokio::time::<span class="f">sleep</span>(wait).<span class="k">await</span>;
</span><span class="line">            }
</span><span class="line">            done =&gt; <span class="k">return</span> done,
</span><span class="line">        }
</span><span class="line">    }
</span><span class="line">    <span class="m">unreachable!</span>(<span class="s">"the loop only ends by returning"</span>)
</span><span class="line">}
</span><span data-line=""></span></code></pre></figure>`,
  `<h3 dir="auto">When it hurts</h3>`,
  `<ul dir="auto"><li>A person is waiting. Nobody accepts 20 seconds of silence, so cap at 2.</li><li>The call isn’t idempotent. Retrying <code>POST /payments</code> needs a key the server remembers, or you will pay twice.</li></ul>`,
];
