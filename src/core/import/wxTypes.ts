/** Where the declarations go, from the workspace folder. */
export const WX_TYPES_PATH = 'typings/wx-cloud-http.d.ts';

/**
 * Declarations of `wx.cloud.callHTTPFunction`, which miniprogram-api-typings 5.2.3 does not have. They join its
 * `WxCloud`. Source of the parameters: the vendor's page on calling HTTP functions; of the result of a call, facts
 * sheet, section 3.
 */
export const WX_TYPES = `// wx.cloud.callHTTPFunction, which miniprogram-api-typings does not have yet (seen in 5.2.3).
// Base library 3.15.1 and above. Delete this file when the typings have the method.

/** https://docs.cloudbase.net/cloud-function/web-func */
declare namespace CloudHTTPFunction {
  type Method = 'get' | 'post' | 'put' | 'delete' | 'head' | 'options'

  interface Result<T = any> {
    /** A string, an object, or an ArrayBuffer. */
    data: T
    statusCode: number
    header: Record<string, string>
    errMsg: string
  }

  interface Failure {
    errMsg: string
    errCode?: number
  }

  interface HeadersReceived {
    statusCode?: number
    header: Record<string, string>
  }

  interface ChunkReceived {
    /** May end in the middle of a character: keep the bytes that are left for the next chunk. */
    data: ArrayBuffer
  }

  interface Task {
    abort(): void
  }

  interface Callbacks<T = any> {
    /** Also for statuses other than 2xx. */
    success?: (result: Result<T>) => void
    fail?: (failure: Failure) => void
    complete?: (outcome: Result<T> | Failure) => void
  }

  interface CommonParam {
    /** Name of the function. */
    name: string
    config?: {
      /** Id of the environment. */
      env?: string
    }
    /** The body. */
    data?: object | string
    path?: string
    /** No PATCH. */
    method?: Method | Uppercase<Method>
    /** Authorization is the platform's own. */
    header?: Record<string, string>
    /** In ms; should be below 1500. */
    timeout?: number
  }

  interface PlainParam extends CommonParam {
    enableChunked?: false
    /** 'json' parses the answer. */
    dataType?: string
    responseType?: 'text' | 'arraybuffer'
    onHeadersReceived?: undefined
    onChunkedReceived?: undefined
  }

  interface StreamParam extends CommonParam {
    enableChunked: true
    onHeadersReceived?: (result: HeadersReceived) => void
    onChunkedReceived?: (result: ChunkReceived) => void
    dataType?: undefined
    responseType?: undefined
  }

  type Param = PlainParam | StreamParam

  /** At least one of the callbacks. */
  type SomeCallback<T> =
    | Required<Pick<Callbacks<T>, 'success'>>
    | Required<Pick<Callbacks<T>, 'fail'>>
    | Required<Pick<Callbacks<T>, 'complete'>>
}

interface WxCloud {
  callHTTPFunction<T = any>(
    param: CloudHTTPFunction.Param & CloudHTTPFunction.Callbacks<T> & CloudHTTPFunction.SomeCallback<T>
  ): CloudHTTPFunction.Task
  callHTTPFunction<T = any>(
    param: CloudHTTPFunction.Param & { success?: undefined; fail?: undefined; complete?: undefined }
  ): Promise<CloudHTTPFunction.Result<T>>
}
`;
