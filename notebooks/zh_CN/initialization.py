# ---
# jupyter:
#   course_english: 8ab1b843d484
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 权重从哪里开始？
#
# 同一个网络从四个不同的起点出发，学习同一份数据：一个什么也学不到，一个学得很差，两个学得很好。然后网络变深，这两个里又有一个学不下去了。
#
# **你要做的**：写出三种初始化权重的方法；每个实验先猜结果，再运行，看看猜得对不对。
#
# **你会学到**
#
# - 为什么相同的权重会一直相同，为什么这是致命的；
# - 为什么权重太大时，代价一开始就是无穷大；
# - 怎样按层的大小选取权重的尺度，让信号和梯度不会消失。
#
# **你需要会的**：numpy 数组及其形状，以及前向传播和反向传播各做什么。大约需要 60 分钟。卡住了？新建一个单元格，运行 `hint(函数名)`，提示会一条一条展开。

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import matplotlib.pyplot as plt
import numpy as np

from course_utils.check import check
from course_utils.datasets import load_circles, load_football
from course_utils.deep import chain, chain_slopes
from course_utils.hint import hint
from course_utils.layers import relu, relu_backward, sigmoid
from course_utils.network import accuracy, backward_propagation, cross_entropy
from course_utils.network import forward_propagation, predict
from course_utils.plotting import plot_costs, plot_curves, plot_decision_boundary
from course_utils.plotting import plot_histograms, plot_points
from course_utils.questions import guess, reveal, self_test
from course_utils.training import model

# %% [markdown]
# ## 1. 两个圆环和一个网络
#
# 数据是两个带噪声的同心圆环上的 300 个点：外圈是蓝色圆点（类别 0），内圈是橙色三角（类别 1）。没有一条直线能把它们分开，所以网络必须学出一条弯曲的边界。
#
# 网络有 2 个输入；两个隐藏层分别有 10 个和 5 个 ReLU 单元；输出是 1 个 sigmoid 单元。每次实验的训练过程都一样：学习率 0.01，梯度下降 15,000 步。**变的只有初始权重。**

# %% tags=["demo"]
train_X, train_Y, test_X, test_Y = load_circles()
layers_dims = [train_X.shape[0], 10, 5, 1]
rings = ("outer ring", "inner ring")

ax = plot_points(train_X, train_Y, names=rings)
ax.set_title(f"{train_X.shape[1]} training points");

# %% [markdown]
# *图：外圈的蓝色圆点围着内圈的橙色三角，两圈几乎挨在一起。*
#
# 代码给图里的名称用英文，这样没有中文字体的电脑也不会显示方框：outer ring 和 inner ring 是外圈和内圈，accuracy 是准确率，train 和 test 是训练集和测试集，layer 是层，root mean square 是均方根。
#
# `train` 从你传入的参数开始做梯度下降。`show` 画出代价曲线（代价为无穷大处画一个叉）和决策边界。

# %% nbgrader={"grade": false, "grade_id": "helpers", "locked": true, "schema_version": 3, "solution": false, "task": false}
def train(parameters, label):
    """从给定的参数开始，在圆环数据上训练 -> TrainingRun（parameters、costs 等）。"""
    return model(train_X, train_Y, parameters, learning_rate=0.01, num_iterations=15_000,
                 cost=lambda A3, Y, parameters: cross_entropy(A3, Y), label=label)


def show(run):
    """左边是代价曲线，右边是决策边界。"""
    _, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    plot_costs([run], [left])
    plot_decision_boundary(lambda X: predict(X, run.parameters), train_X, train_Y, right,
                           names=rings)
    right.set_title(f"accuracy: train {accuracy(train_X, train_Y, run.parameters):.0%}, "
                    f"test {accuracy(test_X, test_Y, run.parameters):.0%}")
    plt.show()

# %% [markdown]
# ## 2. 全部为零
#
# 从零开始看起来很公平：不偏向任何一个单元。第 $l$ 层有 $n^{[l]}$ 个单元，它需要
#
# $$W^{[l]} = 0 \in \mathbb{R}^{n^{[l]} \times n^{[l-1]}}, \qquad
# b^{[l]} = 0 \in \mathbb{R}^{n^{[l]} \times 1}.$$
#
# **练习 1.** 为第 1 层到第 $L$ 层填好字典。列表 `layers_dims` 依次存放 $n^{[0]}$ 到 $n^{[L]}$；第一个元素是输入的个数，输入没有自己的权重。`np.zeros` 的形状要写成一个元组。

# %% nbgrader={"grade": false, "grade_id": "initialize_parameters_zeros", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: initialize_parameters_zeros

def initialize_parameters_zeros(layers_dims):
    """把所有的权重和偏置都初始化为零。

    layers_dims: 各层大小的列表 [n0, n1, ..., nL]
    返回: {"W1": (n1, n0), "b1": (n1, 1), ..., "WL": (nL, nL-1), "bL": (nL, 1)}
    """
    parameters = {}
    L = len(layers_dims)  # 层数，输入层也算在内

    for l in range(1, L):
        ### BEGIN SOLUTION
        parameters["W" + str(l)] = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
        ### END SOLUTION
    return parameters

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_zeros-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 可见检查（2 分）
check(initialize_parameters_zeros)

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_zeros-weights", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# 隐藏测试（6 分）：W1、W2 等的形状正确，元素都是零，并且是浮点数。
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_zeros, "initialization/zeros/shallow", only="W")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_zeros-biases", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# 隐藏测试（6 分）：b1、b2 等是全零的列向量，并且是浮点数。
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_zeros, "initialization/zeros/shallow", only="b")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_zeros-depth", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# 隐藏测试（6 分）：网络有一层、四层或六层时也正确。
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_zeros, "initialization/zeros/deep")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_zeros-inputs", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# 隐藏测试（4 分）：layers_dims 保持不变，每次调用都生成新的数组。
### BEGIN HIDDEN TESTS
from grading.hidden import keeps_inputs, repeats
keeps_inputs(initialize_parameters_zeros, "initialization/zeros/shallow")
repeats(initialize_parameters_zeros, "initialization/zeros/shallow")
### END HIDDEN TESTS

# %% tags=["demo"]
guess("initialization/zeros")

# %% tags=["demo"]
zeros = train(initialize_parameters_zeros(layers_dims), "zeros")
show(zeros)
reveal("initialization/zeros", first=zeros.costs[0], last=zeros.costs[-1])

# %% [markdown]
# *图：代价是 0.6931 处的一条水平线，整个平面都是同一个类别的底色。*
#
# 网络什么也没学到：代价一直是 $\log 2 = 0.6931$，和抛硬币瞎猜一样。
#
# ### 哪些梯度为零？
#
# 下一个单元格打印第一步之前每个梯度的最大元素（取绝对值）。然后用同样的起点去学另一份数据：足球比赛中的 211 次头球争顶（模拟数据），我们队争到了其中的 60.7%。

# %% tags=["demo"]
guess("initialization/football")

# %% tags=["demo"]
football_X, football_Y, _, _ = load_football()
all_zero = initialize_parameters_zeros(layers_dims)
for name, X, Y in (("圆环", train_X, train_Y), ("足球", football_X, football_Y)):
    A3, cache = forward_propagation(X, all_zero)
    gradients = backward_propagation(X, Y, cache)
    print(f"{name}（{Y.size} 个点，类别 1 占 {Y.mean():.1%}），各个梯度的最大元素：")
    for key in ("dW1", "db1", "dW2", "db2", "dW3", "db3"):
        print(f"   {key} {np.abs(gradients[key]).max():.4g}", end="")
    print()

football = model(football_X, football_Y, all_zero, num_iterations=15_000, label="football")
share, b3 = football_Y.mean(), football.parameters["b3"].item()
print(f"代价：最初 {football.costs[0]:.4f}，最后 {football.costs[-1]:.4f}")
print(f"准确率：{accuracy(football_X, football_Y, football.parameters):.1%}")
print(f"b3 = {b3:.4f}，而 log(share / (1 - share)) = {np.log(share / (1 - share)):.4f}")
reveal("initialization/football", b3=b3, output=1 / (1 + np.exp(-b3)))

# %% [markdown]
# 在圆环数据上，六个梯度都恰好为零。前向：$A^{[1]} = A^{[2]} = 0$，所以 $dW^{[2]}$ 和 $dW^{[3]}$ 为零。反向：$W^{[3]} = W^{[2]} = 0$ 挡住了误差，它到不了 $dW^{[1]}$、$db^{[1]}$ 和 $db^{[2]}$。只有 $db^{[3]}$，也就是 $A^{[3]} - Y$ 的平均值，两头都不受影响；两个类别一样多时，它才为零。
#
# 足球数据的两个类别不一样多，所以 $b^{[3]}$ 独自移动，直到 $\log\frac{p}{1-p}$，其中 $p$ 是类别 1 所占的比例。整个网络只学到了一个数：我们队争到头球的比例。类别很不平衡时，人们正是让最后一层的偏置从这个值开始（Lin 等人，2017）。
#
# ### 为什么：相同的单元会一直相同
#
# 零并不是问题的关键。现在让所有权重改从 **0.5** 开始。

# %% tags=["demo"]
guess("initialization/equal")

# %% tags=["demo"]
halves = {key: value + 0.5 if key.startswith("W") else value for key, value in all_zero.items()}
equal = train(halves, "all 0.5")
print("训练之后 W1 的前三行，每行对应一个单元：")
print(equal.parameters["W1"][:3])
spread = np.ptp(equal.parameters["W1"], axis=0).max()
print(f"10 行中任意两行之间的最大差别：{spread:.1g}")
show(equal)
reveal("initialization/equal", spread=spread)

# %% [markdown]
# *图：代价先降到比抛硬币稍低一点的水平，然后走平；决策边界是一条直线。*
#
# 十行都变了，而且变得一模一样：它们之间的差别是 0，在有些处理器上是一个舍入误差。起点相同的单元得到相同的梯度，于是一直相同。十个单元只顶一个用，而一个单元只能画一条直线。这叫做**对称性**，随机数可以打破它。偏置可以从零开始，只要权重各不相同就够了。
#
# ## 3. 大随机数
#
# 既然随机数能打破对称性，那么随机的幅度再大一些会不会更好？这里，每个权重都从正态分布中抽取，再乘以 10：
#
# $$W^{[l]} = 10 \cdot \mathcal{N}(0, 1), \qquad b^{[l]} = 0.$$
#
# **练习 2.** 随机种子已经替你设好，这样每个人都按同样的顺序抽到同样的数：先是 $W^{[1]}$，然后是 $W^{[2]}$，依此类推。`np.random.randn` 的行数和列数是两个参数。零不需要随机数。

# %% nbgrader={"grade": false, "grade_id": "initialize_parameters_random", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: initialize_parameters_random

def initialize_parameters_random(layers_dims):
    """每个权重从正态分布中抽取，幅度是通常的十倍；偏置为零。

    layers_dims: 各层大小的列表 [n0, n1, ..., nL]
    返回: {"W1": (n1, n0), "b1": (n1, 1), ..., "WL": (nL, nL-1), "bL": (nL, 1)}
    """
    np.random.seed(3)  # 每个人抽到同样的数
    parameters = {}
    L = len(layers_dims)

    for l in range(1, L):
        ### BEGIN SOLUTION
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
        ### END SOLUTION
    return parameters

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_random-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 可见检查（2 分）
check(initialize_parameters_random)

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_random-shapes", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# 隐藏测试（5 分）：W1、W2 等的形状正确。
### BEGIN HIDDEN TESTS
from grading.hidden import has_form
has_form(initialize_parameters_random, "initialization/random/shallow", only="W")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_random-weights", "locked": true, "points": 14, "schema_version": 3, "solution": false, "task": false}
# 隐藏测试（14 分）：W1、W2 等是种子 3 给出的随机数，再乘以十。
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_random, "initialization/random/shallow", only="W")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_random-biases", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# 隐藏测试（5 分）：b1、b2 等是全零的列向量。
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_random, "initialization/random/shallow", only="b")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_random-depth", "locked": true, "points": 7, "schema_version": 3, "solution": false, "task": false}
# 隐藏测试（7 分）：网络有一层、四层或六层时也正确。
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_random, "initialization/random/deep")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_random-seed", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 隐藏测试（3 分）：同样的调用再次给出同样的数，layers_dims 保持不变。
### BEGIN HIDDEN TESTS
from grading.hidden import keeps_inputs, repeats
keeps_inputs(initialize_parameters_random, "initialization/random/shallow")
repeats(initialize_parameters_random, "initialization/random/shallow")
### END HIDDEN TESTS

# %% tags=["demo"]
guess("initialization/large")

# %% tags=["demo"]
large = train(initialize_parameters_random(layers_dims), "large random")
show(large)
reveal("initialization/large", first=large.costs[0], last=large.costs[-1])

# %% [markdown]
# *图：代价从一个叉（无穷大）开始，随后下降，但在很高的地方就走平了；决策边界参差不齐，从两个圆环上穿过。*
#
# 对称性没有了，网络开始学习，但学得很差。它的第一个代价是无穷大。
#
# ### 为什么：输出饱和了
#
# $z = 40$ 经过 sigmoid 之后非常接近 1，连双精度浮点数也分不清它和 1。如果这样的点属于类别 0，它的代价就是 $-\log(1 - 1) = \infty$。看看第一步之前输出单元收到了什么。

# %% tags=["demo"]
start = initialize_parameters_random(layers_dims)
A3, cache = forward_propagation(train_X, start)
A1, A2, Z3 = cache[1], cache[5], cache[8]
plot_histograms({"A1": A1, "A2": A2, "Z3": Z3, "A3": A3})
plt.show()
print(f"恰好等于 1 的输出： {np.sum(A3 == 1)} 个，共 {A3.size} 个")
print(f"其中标签却是 0 的： {np.sum((A3 == 1) & (train_Y == 0))} 个")

# %% [markdown]
# *图：四个直方图。激活值逐层变大，$Z^{[3]}$ 达到几千，而 $A^{[3]}$ 全都落在 1 处的一根柱子里。*
#
# 还没有走第一步，网络就已经确信每个点都是橙色的。其中一半它判错了，每判错一个，代价都是无穷大。影响会一直持续下去：对这么大的权重来说，学习率 0.01 的步子太小了。第 6 节会量一量小到什么程度。
#
# *提示：* 看一看第一个代价。两个类别一样多时，它应该在 $\log 2$ 附近；如果远远高于这个值，就说明权重太大了。

# %% [markdown]
# ## 4. He 初始化
#
# 合适的尺度在 0 和 10 之间的某个地方。看一个单元：$z = \sum_{j=1}^{n} w_j a_j$ 是 $n = n^{[l-1]}$ 项之和，所以它的方差随 $n$ 增大。接着 ReLU 又去掉一半。要让传下去的信号大小不变，每个权重的方差必须是 $2/n$：
#
# $$W^{[l]} = \mathcal{N}(0, 1) \cdot \sqrt{\frac{2}{n^{[l-1]}}}, \qquad b^{[l]} = 0.$$
#
# <details>
# <summary><b>为什么：四行推导</b></summary>
#
# 权重的均值为零，并且与 $a_j$ 相互独立。
#
# 1. $n$ 个这样的项之和：$\mathrm{Var}(z) = n \, \mathrm{Var}(w) \, E[a^2]$。
# 2. 这里 $a = \max(0, z')$ 来自前一层。那里 $z'$ 正负各半，所以 ReLU 只留下一半：$E[a^2] = \frac12 \mathrm{Var}(z')$。
# 3. 合在一起：$\mathrm{Var}(z) = \frac12 \, n \, \mathrm{Var}(w) \, \mathrm{Var}(z')$。
# 4. 当 $\mathrm{Var}(w) = 2/n$ 时，两个方差相等。
#
# 梯度往回传时遇到的是同样的求和、同样的 ReLU，只是项数换成了 $n^{[l]}$。
#
# </details>
#
# 这个方法出自何恺明（Kaiming He）等人 2015 年的论文。
#
# **练习 3.** 把它写出来。根号要盖住整个分式。

# %% nbgrader={"grade": false, "grade_id": "initialize_parameters_he", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: initialize_parameters_he

def initialize_parameters_he(layers_dims):
    """每个权重从方差为 2 / (前一层的单元数) 的正态分布中抽取；偏置为零。

    layers_dims: 各层大小的列表 [n0, n1, ..., nL]
    返回: {"W1": (n1, n0), "b1": (n1, 1), ..., "WL": (nL, nL-1), "bL": (nL, 1)}

    出处: He, Zhang, Ren, Sun (2015), Delving Deep into Rectifiers, 式 (10)
    """
    np.random.seed(3)  # 每个人抽到同样的数
    parameters = {}
    L = len(layers_dims) - 1  # 有权重的层数

    for l in range(1, L + 1):
        ### BEGIN SOLUTION
        scale = np.sqrt(2 / layers_dims[l - 1])
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * scale
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
        ### END SOLUTION
    return parameters

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_he-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 可见检查（2 分）
check(initialize_parameters_he)

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_he-shapes", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# 隐藏测试（5 分）：W1、W2 等的形状正确。
### BEGIN HIDDEN TESTS
from grading.hidden import has_form
has_form(initialize_parameters_he, "initialization/he/shallow", only="W")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_he-weights", "locked": true, "points": 16, "schema_version": 3, "solution": false, "task": false}
# 隐藏测试（16 分）：W1、W2 等是种子 3 给出的随机数，尺度符合 He 初始化。
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_he, "initialization/he/shallow", only="W")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_he-biases", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# 隐藏测试（5 分）：b1、b2 等是全零的列向量，本层每个单元对应一行。
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_he, "initialization/he/shallow", only="b")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_he-depth", "locked": true, "points": 9, "schema_version": 3, "solution": false, "task": false}
# 隐藏测试（9 分）：网络有一层、四层或六层时也正确。
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_he, "initialization/he/deep")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_he-seed", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 隐藏测试（3 分）：同样的调用再次给出同样的数，layers_dims 保持不变。
### BEGIN HIDDEN TESTS
from grading.hidden import keeps_inputs, repeats
keeps_inputs(initialize_parameters_he, "initialization/he/shallow")
repeats(initialize_parameters_he, "initialization/he/shallow")
### END HIDDEN TESTS

# %% tags=["demo"]
guess("initialization/he")

# %% tags=["demo"]
he = train(initialize_parameters_he(layers_dims), "He")
show(he)
reveal("initialization/he", first=he.costs[0], coin=np.log(2), last=he.costs[-1])

# %% [markdown]
# *图：代价从 0.8831 降到 0.0736，决策边界是两个圆环之间一条光滑的闭合曲线。*
#
# 同样的网络、同样的数据：现在训练集有 99%、测试集有 96% 的点分对了。
#
# ## 5. 从 Xavier 到 He：许多层
#
# 怎样让信号保持平稳？三篇论文给出了回答。设一层有 $n = n^{[l-1]}$ 个输入和 $n' = n^{[l]}$ 个单元：
#
# - **1998 年**，LeCun 等人：方差取 $1/n$，信号往前传时大小不变。
# - **2010 年**，Xavier Glorot 和 Yoshua Bengio：梯度往回传，每次是 $n'$ 项之和，需要的是 $1/n'$。他们取了折中：方差为 $\frac{2}{n + n'}$。
# - **2015 年**，何恺明等人：ReLU 去掉每个信号的一半，所以方差加倍，取 $2/n$。
#
# 代码里常把 $1/n$ 叫做 "Xavier"，下面也这样叫；$n = n'$ 时，前两种方法一致。下一个单元格在一个没有 ReLU、有 400 个输入和 100 个单元的层上比较这些方法。

# %% tags=["demo"]
rng = np.random.RandomState(0)
A, dZ = rng.randn(400, 500), rng.randn(100, 500)
rules = {"1 / n": 1 / 400, "1 / n'": 1 / 100, "2 / (n + n')": 2 / (400 + 100)}
print("经过一层之后，方差变成原来的几倍")
for name, variance in rules.items():
    W = np.sqrt(variance) * rng.randn(100, 400)
    print(f"{name:14s} 信号：{np.var(W @ A) / np.var(A):.2f}   "
          f"梯度：{np.var(W.T @ dZ) / np.var(dZ):.2f}")

# %% [markdown]
# 第一种方法让信号保持平稳，第二种让梯度保持平稳，Glorot 的方法在两边各差一点。接下来是 20 个各有 100 个单元的 ReLU 层。

# %% tags=["demo"]
guess("initialization/depth")

# %% tags=["demo"]
signals, gradients, layers = {}, {}, np.arange(1, 21)
for name, scale in {"He": np.sqrt(2 / 100), "Xavier": 0.1, "scale 0.2": 0.2,
                    "scale 0.01": 0.01}.items():
    rng, caches, forward, back = np.random.RandomState(0), [], [], []
    A, dA = rng.randn(100, 500), rng.randn(100, 500)
    for _ in layers:
        W = scale * rng.randn(100, 100)
        caches.append((W, W @ A))
        A = relu(W @ A)
        forward.append(np.sqrt(np.mean(A**2)))
    for W, Z in reversed(caches):
        back.insert(0, np.sqrt(np.mean(dA**2)))
        dA = W.T @ relu_backward(dA, Z)
    signals[name], gradients[name] = (layers, forward), (layers, back)
    print(f"{name:10s}  第 20 层的信号：{forward[-1]:7.2g}   第 1 层的梯度：{back[0]:7.2g}")

_, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
plot_curves(signals, left, xlabel="layer", ylabel="root mean square of A", yscale="log")
plot_curves(gradients, right, xlabel="layer", ylabel="root mean square of dA", yscale="log")
plt.show()
reveal("initialization/depth", times=signals["He"][1][-1] / signals["Xavier"][1][-1])

# %% [markdown]
# *图：信号和梯度经过 20 层的大小，坐标轴是对数刻度。两张图里 He 的线都保持水平。尺度 0.2 的信号从左到右不断上升，Xavier 的缓缓下沉，0.01 的急剧下坠；梯度则从右到左同样变化。*
#
# 无论往前还是往回，Xavier 每过一层就损失一个因子 $\sqrt 2$：20 层之后是 $2^{20/2} = 1024$。这会影响学习吗？何恺明等人从两种起点训练了一个 30 层的网络，从 Xavier 出发的那个停滞不前。这里在圆环数据上重做一个小型的实验：20 个隐藏层，每层 15 个单元。

# %% tags=["demo"]
guess("initialization/deep")

# %% tags=["demo"]
def backward(X, Y, caches):
    return chain_slopes(sigmoid(caches[-1][1]), Y, caches)


deep_he = initialize_parameters_he([2] + 20 * [15] + [1])
deep_xavier = {key: value / np.sqrt(2) for key, value in deep_he.items()}
deep = [model(train_X, train_Y, parameters, num_iterations=2_000, every=100, label=label,
              forward=chain, backward=backward)
        for parameters, label in ((deep_he, "He, 20 layers"), (deep_xavier, "Xavier, 20 layers"))]
plot_costs(deep)
plt.show()
for run in deep:
    print(f"{run.label}：最终代价 {run.costs[-1]:.4f}，"
          f"训练集分对了 {accuracy(train_X, train_Y, run.parameters):.1%}")
reveal("initialization/deep", he=deep[0].costs[-1], xavier=deep[1].costs[-1])

# %% [markdown]
# *图：同一坐标尺度下的两条代价曲线。He 的降到接近零；Xavier 的是一条水平线，停在抛硬币的代价上。*
#
# 同样的数据，同样的随机数，只差一个因子 $\sqrt 2$：只有 He 的网络学得会。
#
# ## 6. 放在一起比较
#
# 只有三层时，这个因子没有那么要紧。现在 Xavier 也来学圆环数据：取你在练习 3 中得到的数，除以 $\sqrt 2$。

# %% tags=["demo"]
he_start = initialize_parameters_he(layers_dims)
xavier = train({key: value / np.sqrt(2) for key, value in he_start.items()}, "Xavier")
runs = [zeros, large, he, xavier]
axes = plot_costs(runs)
axes[0].set_ylim(0, 1)
plt.show()

print(f"{'起点':12s} {'最初代价':>6s} {'最终代价':>6s} {'训练集':>4s} {'测试集':>4s}")
for run in runs:
    print(f"{run.label:14s} {run.costs[0]:10.4f} {run.costs[-1]:10.4f} "
          f"{accuracy(train_X, train_Y, run.parameters):7.1%} "
          f"{accuracy(test_X, test_Y, run.parameters):7.1%}")

print()
for label, before, run in (("large random", start, large), ("He", he_start, he)):
    moved = np.linalg.norm(run.parameters["W2"] - before["W2"]) / np.linalg.norm(before["W2"])
    print(f"{label}：W2 移动的距离是自身长度的 {moved:.0%}")

# %% [markdown]
# *图：同一坐标尺度下的四条代价曲线。全零（zeros）始终水平；大随机数（large random）从无穷大开始，半路走平；He 降到 0.0736，Xavier 紧随其后。*
#
# 最后两行解释了那条参差不齐的边界：从大随机数开始的 $W^{[2]}$ 离它最初的随机数还很近，而 He 的 $W^{[2]}$ 已经被数据重新塑造。

# %% tags=["demo"]
from course_utils.animation import animate_boundaries
animate_boundaries(runs, train_X, train_Y, names=rings)

# %% [markdown]
# *图：训练过程中的四个决策边界；动画播放一遍，停在最后一帧。全零：自始至终到处是同一种底色。大随机数：一块参差不齐的区域，几乎不动。He 和 Xavier：一块圆形区域逐渐收拢，围住内圈。*
#
# ### 轮到你了
#
# 哪个尺度能让信号和梯度保持平稳？只有 He 才学得会吗？（网络是事先训练好的，用的是另一组随机数。）

# %% tags=["demo"]
from course_utils.explorers import explore_initialization
explore_initialization()

# %% [markdown]
# *图：训练之前每一层信号和梯度的大小，旁边是 He 初始化的对应值；还有训练之后的决策边界。句子给出具体的数。*
#
# ## 要点回顾
#
# - **相同的权重会一直相同。** 随机的权重让各个单元不同。偏置可以从零开始。
# - **太大就会饱和。** 网络一开始就很确信，而且常常是错的，权重几乎离不开起点。
# - **合适的尺度取决于层的大小。** 方差 $2/n^{[l-1]}$（He）让信号和梯度穿过 ReLU 层时大小不变；$1/n^{[l-1]}$（Xavier）让它们的方差每过一层减半，而层与层是连乘的。

# %% tags=["demo"]
self_test("initialization")

# %% [markdown]
# <details>
# <summary><b>在 PyTorch 里</b></summary>
#
# ```python
# import torch
# from torch import nn
#
# network = nn.Sequential(nn.Linear(2, 10), nn.ReLU(), nn.Linear(10, 5), nn.ReLU(), nn.Linear(5, 1))
# for layer in network:
#     if isinstance(layer, nn.Linear):
#         nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")  # He：方差 2 / n
#         nn.init.zeros_(layer.bias)
# ```
#
# 两个大小都算的 Glorot 方法是 `nn.init.xavier_normal_`。如果什么都不做，`nn.Linear` 在 $-1/\sqrt n$ 到 $1/\sqrt n$ 之间均匀抽取：方差是 $1/(3n)$，只有 He 的六分之一。`nn.BCEWithLogitsLoss` 接收的是 $z$ 而不是 $a$，所以代价始终有限。
#
# </details>
#
# <details>
# <summary><b>延伸阅读</b></summary>
#
# - X. Glorot, Y. Bengio, *Understanding the difficulty of training deep feedforward neural networks*（2010）：在训练之前和训练之中，逐层查看网络内部。
# - K. He, X. Zhang, S. Ren, J. Sun, *Delving Deep into Rectifiers*（2015）：那四行推导，以及学不动的那些层。
# - S. Ioffe, C. Szegedy, *Batch Normalization*（2015）：每一步都重新调整每层的尺度，于是起点没有那么要紧了。
# - H. Zhang, Y. Dauphin, T. Ma, *Fixup Initialization*（2019）：只要起点合适，非常深的残差网络不用归一化也能学习。
#
# </details>
#
# ## 自己试试
#
# - 在练习 2 中试试 1 到 10 之间的尺度。从哪里开始，第一个代价变成无穷大？
# - `course_utils.datasets` 里的 `load_spirals` 和 `load_flower` 是更难的数据。哪种起点管用？
# - `load_digits` 给出真实的图像：数字 3 和 8。`[64, 10, 5, 1]` 个单元的网络能分辨它们吗？从哪种起点可以？
#
# ## 提交作业
#
# 保存笔记本（Ctrl-S），然后按课程规定的方式提交，或者在新的单元格里运行
#
# ```python
# from course_utils.submit import submit
# submit("initialization")
# ```
#
# 这样就提交了。课程收文件时，它会请你写上学号，再生成要上传的文件；做不到时，它会告诉你原因。先看看自己完成了多少：

# %% tags=["demo"]
from course_utils.progress import progress
progress("initialization")
