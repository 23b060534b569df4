/** How large the benchmark's text is. */
export const REQUESTS = 10_000;

/**
 * Requests as people write them, about 240 bytes each: bodies, streams, variables, comments, Chinese text, in turn.
 * Every tool of the kind reads them alike.
 */
export function makeText(requests: number): string {
  const sections = ['@baseUrl = https://demo.example.com\n@user = alice\n@token = abc\n\n'];
  for (let index = 0; index < requests; index++) sections.push(makeRequest(index));
  return sections.join('');
}

function makeRequest(index: number): string {
  const head = `### Request ${index}\n# @name request${index}\n`;
  switch (index % 4) {
    case 0:
      return `${head}# @timeout 30s\nPOST {{baseUrl}}/api/chat/${index}?lang=zh HTTP/1.1
Content-Type: application/json
Accept: text/event-stream
X-Request-Id: {{$guid}}

{
  "user": "{{user}}",
  "prompt": "写一首关于第 ${index} 个春天的诗",
  "stream": true,
  "limit": ${index % 100}
}

`;
    case 1:
      return `${head}// reads a page of the list\nGET {{baseUrl}}/api/items/${index}
    ?page=${index % 50}
    &size=20
Accept: application/json
Authorization: Bearer {{token}}
Accept-Language: zh-CN

`;
    case 2:
      return `${head}PUT {{baseUrl}}/api/items/${index}
Content-Type: application/json
Authorization: Bearer {{token}}

{ "id": ${index}, "name": "item ${index}", "tags": ["a", "b"], "owner": "{{user}}", "version": 3 }

`;
    default:
      return `${head}# @no-redirect
@local${index} = {{baseUrl}}/local/${index}
POST {{local${index}}}
Content-Type: application/x-www-form-urlencoded
Accept: application/json
X-Trace: trace-${index}

name={{user}}
&message=hello from request ${index}
&lang=zh

`;
  }
}
