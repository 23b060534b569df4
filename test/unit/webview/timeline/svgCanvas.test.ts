import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { SvgCanvas, svgFile } from '../../../../src/webview/timeline/svgCanvas.ts';
import { drawPicture, type PictureStyle } from '../../../../src/webview/timeline/timelineDrawing.ts';
import { layoutPicture } from '../../../../src/webview/timeline/timelineLayout.ts';
import { sampleTimeline, timelineWords } from './timelineSamples.ts';

const style: PictureStyle = {
  foreground: '#ccc',
  background: '#1e1e1e',
  selection: '#007fd4',
  events: '#3794ff',
  heartbeats: '#89d185',
  stalls: '#d18616',
  success: '#89d185',
  fail: '#f14c4c',
  font: '11px "Segoe UI", sans-serif',
  lineHeight: 16,
  isHighContrast: false,
};
const measure = (text: string): TextMetrics => ({ width: text.length * 6 }) as TextMetrics;

function picture(isHighContrast = false): string {
  const canvas = new SvgCanvas(style, measure);
  const layout = layoutPicture({
    timeline: sampleTimeline(),
    endMs: 2000,
    limitMs: 2100,
    view: { fromMs: 500, toMs: 2000 },
    selection: { range: { fromMs: 600, toMs: 800 }, atMs: 700 },
    isStream: true,
    width: 400,
    height: 240,
    lineHeight: 16,
    measure: (text) => measure(text).width,
    strings: timelineWords,
  });
  drawPicture(canvas, layout, { ...style, isHighContrast }, null);
  return canvas.content;
}

describe('a picture as SVG', () => {
  it('has everything the canvas has, in the colours of the theme', () => {
    for (const content of [picture(), picture(true)]) {
      assert.match(content, /<text [^>]*>Heartbeats · 2<\/text>/);
      assert.match(content, /<rect [^>]*fill="#3794ff"/);
      assert.match(content, /<circle [^>]*fill="#89d185"/);
      assert.match(content, /fill="#007fd4"/);
      assert.doesNotMatch(content, /NaN|undefined|var\(/);
    }
  });

  it('is one file of its own, whatever its heading says', () => {
    const svg = svgFile(
      [
        {
          heading: 'GET http://a/?x=1&y="<script>"\u0000\ud800',
          width: 400,
          height: 240,
          content: picture(),
        },
        { heading: 'B · 函数', width: 300, height: 240, content: '' },
      ],
      style,
    );
    assert.match(
      svg,
      /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="400" height="528" viewBox="0 0 400 528" font-size="11px"/,
    );
    assert.match(svg, /fill="#1e1e1e"/);
    assert.ok(svg.includes('GET http://a/?x=1&#38;y=&#34;&#60;script&#62;&#34;��'));
    assert.ok(svg.includes('B · 函数'));
    assert.doesNotMatch(svg, /<script/);
  });
});
