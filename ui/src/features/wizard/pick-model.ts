/** What the wizard asks of the model picker, which is another feature; app/ joins them. */
export interface PickModel {
  connectionId: string | null;
  model: string | null;
  onchoose: (connectionId: string, model: string) => void;
  onclose: () => void;
}
